/* Chains: one number runs through additions and products, and stays in registers on the way; see machine_rewriting.h.

   c: CHAIN, flags, how many links, the slot of the first result, and for each link what it does, where its result lies,
   its other operand and the running one. Several vectors of rows go through all links before the next ones do. What
   only the next link reads is not written, and its derivative, which is the running one, is not read. */

#undef CHAIN_VECTORS
#if LEVEL >= 1
#define CHAIN_VECTORS 8 /* a link waits for the one before: as many at a time as there are registers for */
#else
#define CHAIN_VECTORS 4
#endif

INLINE const real *V(other_of)(const int *link, const V(section) *s) {
    return V(at)(s, link[0] & OTHER_IN_TILE, link[2]);
}

INLINE void V(chain_block)(int vectors, const int *c, const V(section) *s, long r) {
    vd x[CHAIN_VECTORS];
    UNROLLED for (int v = 0; v < vectors; v++) x[v] = V(load)(s->T + c[7] * s->stride + r + v * LANES);
    for (const int *link = c + 4, *end = link + WORDS_OF_A_LINK * c[2]; link < end; link += WORDS_OF_A_LINK) {
        const real *other = V(other_of)(link, s);
        if (link[0] & OTHER_IN_TILE) {
            other += r;
#undef OTHER
#define OTHER V(load)(other + v * LANES)
            switch (link[0] & 3) {
            case LINK_ADD: UNROLLED for (int v = 0; v < vectors; v++) x[v] = x[v] + OTHER; break;
            case LINK_SUB: UNROLLED for (int v = 0; v < vectors; v++) x[v] = x[v] - OTHER; break;
            case LINK_FROM: UNROLLED for (int v = 0; v < vectors; v++) x[v] = OTHER - x[v]; break;
            default: UNROLLED for (int v = 0; v < vectors; v++) x[v] = x[v] * OTHER;
            }
        } else {
            const vd y = V(broadcast)(*other);
            switch (link[0] & 3) {
            case LINK_ADD: UNROLLED for (int v = 0; v < vectors; v++) x[v] = x[v] + y; break;
            case LINK_SUB: UNROLLED for (int v = 0; v < vectors; v++) x[v] = x[v] - y; break;
            case LINK_FROM: UNROLLED for (int v = 0; v < vectors; v++) x[v] = y - x[v]; break;
            default: UNROLLED for (int v = 0; v < vectors; v++) x[v] = x[v] * y;
            }
        }
        if (link[0] & LINK_STORED) {
            real *z = s->T + link[1] * s->stride + r; /* the compiler takes what is stored for what is read here */
            UNROLLED for (int v = 0; v < vectors; v++) V(store)(z + v * LANES, x[v]);
        }
    }
}

static void V(chain)(const int *c, const V(section) *s) {
    long r = 0;
    for (; r + CHAIN_VECTORS * LANES <= s->stride; r += CHAIN_VECTORS * LANES) V(chain_block)(CHAIN_VECTORS, c, s, r);
    for (; r + 2 * LANES <= s->stride; r += 2 * LANES) V(chain_block)(2, c, s, r);
    if (r < s->stride) V(chain_block)(1, c, s, r);
}

/* The sums for uniform operands are added up in `sums`, a vector for each link. */
INLINE void V(chain_block_back)(int vectors, const int *c, const V(section) *s, long r, vd *sums) {
    vd g[CHAIN_VECTORS] = {{0}};
    for (long k = c[2] - 1; k >= 0; k--) {
        const int *link = c + 4 + WORDS_OF_A_LINK * k, what = link[0] & 3;
        if (link[0] & LINK_GIVEN) {
            const real *given = s->dT + link[1] * s->stride + r;
            UNROLLED for (int v = 0; v < vectors; v++) g[v] = V(load)(given + v * LANES) + g[v];
        }
        if (link[0] & OTHER_ACTIVE) {
            const real *x = s->T + link[3] * s->stride + r;
#undef SHARE
#define SHARE (what == LINK_MUL ? g[v] * V(load)(x + v * LANES) : what == LINK_SUB ? -g[v] : g[v])
            if (link[0] & OTHER_IN_TILE) {
                real *d = s->dT + link[2] * s->stride + r;
                UNROLLED for (int v = 0; v < vectors; v++) V(store)(d + v * LANES, V(load)(d + v * LANES) + SHARE);
            } else {
                vd sum = sums[k];
                UNROLLED for (int v = 0; v < vectors; v++) sum += SHARE;
                sums[k] = sum;
            }
        }
        if (!(link[0] & RUNNING_ACTIVE)) return;
        if (what == LINK_MUL) {
            const real *y = V(other_of)(link, s);
            if (link[0] & OTHER_IN_TILE)
                UNROLLED for (int v = 0; v < vectors; v++) g[v] *= V(load)(y + r + v * LANES);
            else
                UNROLLED for (int v = 0; v < vectors; v++) g[v] *= V(broadcast)(*y);
        } else if (what == LINK_FROM)
            UNROLLED for (int v = 0; v < vectors; v++) g[v] = -g[v];
    }
    real *d = s->dT + c[7] * s->stride + r;
    UNROLLED for (int v = 0; v < vectors; v++) V(store)(d + v * LANES, V(load)(d + v * LANES) + g[v]);
}

/* Hand the sums of `rows` lanes to the uniform operands. */
static void V(hand_sums)(const int *c, const V(section) *s, vd *sums, long rows) {
    for (long k = c[2] - 1; k >= 0; k--) {
        const int *link = c + 4 + WORDS_OF_A_LINK * k;
        if ((link[0] & (OTHER_ACTIVE | OTHER_IN_TILE)) != OTHER_ACTIVE) continue;
        s->dU[link[2]] += V(sum)(rows < LANES ? V(first_lanes)(sums[k], rows) : sums[k]);
    }
    memset(sums, 0, sizeof *sums * (size_t)c[2]);
}

static void V(chain_back)(const int *c, const V(section) *s) {
    vd sums[MOST_LINKS];
    memset(sums, 0, sizeof *sums * (size_t)c[2]);
    long r = 0, rest = s->width % LANES, whole = s->width - rest;
    for (; r + CHAIN_VECTORS * LANES <= whole; r += CHAIN_VECTORS * LANES)
        V(chain_block_back)(CHAIN_VECTORS, c, s, r, sums);
    for (; r + 2 * LANES <= whole; r += 2 * LANES) V(chain_block_back)(2, c, s, r, sums);
    if (r < whole) V(chain_block_back)(1, c, s, r, sums);
    V(hand_sums)(c, s, sums, LANES);
    if (!rest) return;
    V(chain_block_back)(1, c, s, whole, sums);
    V(hand_sums)(c, s, sums, rest);
}
