/* Memory of the compiled twin's nodes: laid out in the order of their making, freed without recursion.

   Cython's own allocation would track every node for the cycle collector (a graph of Values has no cycles: a node can
   only refer to nodes that were there before it) and would free a chain recursively, which overflows the stack.
   Nodes live in slabs. A slab that falls empty, as those of a training step's graph do, is filled again from its start,
   so that a graph lies in memory in the order in which it is walked; one common free list would scramble that order a
   little more with every step, which was measured to cost three times the whole backward pass. All slabs are in one
   list: what a broken-off pass has left in the nodes is cleared without asking for memory. */
#include <Python.h>
#include <stdint.h>
#include <string.h>

typedef struct node {
    PyObject_HEAD
    double data, grad, dx, dy;
    PyObject *x, *y, *note; /* None where there is nothing */
    unsigned short op_code;
    unsigned char form, live;
    int pending;
} node;

enum { SLAB = 1 << 16, ROOM = (SLAB - 64) / sizeof(node), MOST_EMPTY = 1024 }; /* 64 MB kept for the next graph */

typedef struct slab {
    struct slab *next; /* in the list of available slabs */
    struct slab *before, *after; /* in the list of all slabs */
    node *freed;                 /* linked through x */
    int live, used, listed;
    node nodes[ROOM];
} slab;

static PyTypeObject *node_type = NULL;
static slab *slabs = NULL;
static slab *current = NULL;
static slab *available = NULL; /* at most half full when they were listed */
static int n_empty = 0;
static node *dying = NULL; /* nodes that nobody refers to any more, linked where their number was */
static int burying = 0;

/* AddressSanitizer knows nothing of nodes inside a slab unless it is told which are free. */
#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/asan_interface.h>
#define FORBID(n) ASAN_POISON_MEMORY_REGION(n, sizeof(node))
#define ALLOW(n) ASAN_UNPOISON_MEMORY_REGION(n, sizeof(node))
#else
#define FORBID(n) ((void)(n))
#define ALLOW(n) ((void)(n))
#endif

/* SLAB bytes on a SLAB boundary. Not aligned_alloc: glibc's searches all gaps that it left, at every call. */
#ifdef _WIN32
#include <windows.h>
static void *map_slab(void) { return VirtualAlloc(NULL, SLAB, MEM_COMMIT | MEM_RESERVE, PAGE_READWRITE); }
static void unmap_slab(void *s) { VirtualFree(s, 0, MEM_RELEASE); }
#else
#include <sys/mman.h>
static void unmap_slab(void *s) { munmap(s, SLAB); }
static char *map(size_t bytes) {
    void *p = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return p == MAP_FAILED ? NULL : p;
}
static void *map_slab(void) {
    char *p = map(SLAB); /* the system lays maps side by side: after an aligned one the next is aligned too */
    if (!p || !((uintptr_t)p & (SLAB - 1))) return p;
    munmap(p, SLAB);
    if (!(p = map(2 * SLAB))) return NULL;
    size_t before = -(uintptr_t)p & (SLAB - 1);
    if (before) munmap(p, before);
    if (before < SLAB) munmap(p + before + SLAB, SLAB - before);
    return p + before;
}
#endif

static int next_slab(void) {
    slab *s = available;
    if (s) {
        available = s->next;
        if (!s->live) n_empty--;
    } else if (!(s = map_slab())) {
        PyErr_NoMemory();
        return -1;
    } else {
        s->live = 0;
        s->before = NULL;
        s->after = slabs;
        if (slabs) slabs->before = s;
        slabs = s;
    }
    if (!s->live) {
        s->used = 0;
        s->freed = NULL;
    }
    s->listed = 0;
    current = s;
    return 0;
}

static inline node *take(PyTypeObject *type) {
    while (!current || (!current->freed && current->used == ROOM))
        if (next_slab() < 0) return NULL;
    node *n = current->freed;
    if (n) {
        ALLOW(n);
        current->freed = (node *)n->x;
    } else {
        n = &current->nodes[current->used++];
        ALLOW(n);
    }
    current->live++;
    PyObject_Init((PyObject *)n, type);
    return n;
}

static inline void give_back(node *n) {
    slab *s = (slab *)((uintptr_t)n & ~(uintptr_t)(SLAB - 1));
    n->x = (PyObject *)s->freed;
    s->freed = n;
    s->live--;
    FORBID(n);
    if (s == current) {
        if (!s->live) {
            s->used = 0;
            s->freed = NULL;
        }
        return;
    }
    if (!s->live) n_empty++;
    if (!s->listed && s->live <= (int)ROOM / 2) {
        s->listed = 1;
        s->next = available;
        available = s;
    }
}

/* Hand empty slabs beyond the number worth keeping to the system. */
static void trim(void) {
    slab **link = &available;
    while (*link && n_empty > MOST_EMPTY) {
        slab *s = *link;
        if (s->live) {
            link = &s->next;
        } else {
            *link = s->next;
            if (s->before)
                s->before->after = s->after;
            else
                slabs = s->after;
            if (s->after) s->after->before = s->before;
            for (int i = 0; i < s->used; i++) ALLOW(&s->nodes[i]);
            unmap_slab(s);
            n_empty--;
        }
    }
}

static inline PyObject *glassgrad_new(int op, int form, double data, double dx, double dy, PyObject *x, PyObject *y,
                                      PyObject *note) {
    node *n = take(node_type);
    if (!n) return NULL;
    n->data = data;
    n->grad = 0.0;
    n->dx = dx;
    n->dy = dy;
    Py_INCREF(x);
    Py_INCREF(y);
    Py_INCREF(note);
    n->x = x;
    n->y = y;
    n->note = note;
    n->op_code = (unsigned short)op;
    n->form = (unsigned char)form;
    n->live = 0;
    n->pending = 0;
    return (PyObject *)n;
}

static PyObject *node_alloc(PyTypeObject *type, Py_ssize_t items) {
    (void)items;
    node *n = take(type);
    if (n) memset((char *)n + sizeof(PyObject), 0, sizeof(node) - sizeof(PyObject));
    return (PyObject *)n;
}

static PyObject *node_new(PyTypeObject *type, PyObject *args, PyObject *options) {
    (void)args, (void)options;
    node *n = (node *)node_alloc(type, 0);
    if (n) {
        Py_INCREF(Py_None), Py_INCREF(Py_None), Py_INCREF(Py_None);
        n->x = n->y = n->note = Py_None;
    }
    return (PyObject *)n;
}

static inline void bury(node *n) {
    PyObject *x = n->x, *y = n->y, *note = n->note;
    give_back(n);
    Py_XDECREF(note);
    Py_XDECREF(x);
    Py_XDECREF(y);
}

/* A node that dies while another one is buried waits in line, whatever held it: a node, a tuple of operands, an object
   in a note. So neither a long chain nor the lack of memory can overflow the stack. */
static void node_dealloc(PyObject *o) {
    node *n = (node *)o;
    if (burying) {
        memcpy(&n->data, &dying, sizeof dying);
        dying = n;
        return;
    }
    burying = 1;
    bury(n);
    while ((n = dying)) {
        memcpy(&dying, &n->data, sizeof dying);
        bury(n);
    }
    burying = 0;
    if (n_empty > MOST_EMPTY) trim();
}

/* Take back what a broken-off pass has left in the nodes: see settle() in value.py. */
static inline void glassgrad_settle(double pass) {
    for (slab *s = slabs; s; s = s->after)
        for (node *n = s->nodes; n < s->nodes + s->used; n++) {
            ALLOW(n); /* a free one is set anew when it is taken */
            n->pending = 0;
            if (!n->form && n->dy == pass) n->grad = n->dx;
        }
}

static inline Py_ssize_t glassgrad_count(void) {
    Py_ssize_t n = 0;
    for (slab *s = slabs; s; s = s->after) n += s->live;
    return n;
}

static PyObject *no_node(PyTypeObject *type, PyObject *args, PyObject *options) {
    (void)args, (void)options;
    return PyErr_Format(PyExc_TypeError, "cannot create '%.100s' instances: every node is a Value", type->tp_name);
}

/* Nothing but `type` is a node, and what is read of one is read by way of its own descriptors: Python looks through all
   bases before it believes that another class's is meant. */
static int inherit_alone(PyTypeObject *type) {
    PyTypeObject *base = type->tp_base;
    for (PyGetSetDef *property = base->tp_getset; property && property->name; property++) {
        PyObject *own = PyDescr_NewGetSet(type, property);
        int failed = !own || PyDict_SetItemString(type->tp_dict, property->name, own);
        Py_XDECREF(own);
        if (failed) return -1;
    }
    base->tp_new = no_node;
    base->tp_flags &= ~Py_TPFLAGS_BASETYPE;
    PyType_Modified(base);
    return 0;
}

static int glassgrad_take_over(PyTypeObject *type) {
    if (type->tp_basicsize != sizeof(node) || inherit_alone(type)) return -1;
    node_type = type;
    type->tp_flags &= ~Py_TPFLAGS_HAVE_GC;
    type->tp_traverse = NULL;
    type->tp_clear = NULL;
    type->tp_new = node_new;
    type->tp_alloc = node_alloc;
    type->tp_dealloc = node_dealloc;
    type->tp_free = NULL;
    PyType_Modified(type);
    return 0;
}
