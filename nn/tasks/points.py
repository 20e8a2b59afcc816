"""Points in the plane whose classes a straight line cannot part: circles, xor, spiral, blobs."""

from __future__ import annotations

import math
import random

Points = tuple[list[list[float]], list[int]]


def circles(rng: random.Random, i: int, count: int) -> tuple[float, float, int]:
    """A small circle inside a large one."""
    k, angle = i % 2, rng.uniform(0.0, 2.0 * math.pi)
    r = 0.45 if k else 1.0
    return r * math.cos(angle), r * math.sin(angle), k


def xor(rng: random.Random, i: int, count: int) -> tuple[float, float, int]:
    """Four squares, of which the opposite ones belong together: 1 where the signs differ."""
    x, y = rng.uniform(-1.0, 1.0), rng.uniform(-1.0, 1.0)
    return x + math.copysign(0.1, x), y + math.copysign(0.1, y), int(x * y < 0.0)


def spiral(rng: random.Random, i: int, count: int) -> tuple[float, float, int]:
    """Two arms wound around each other."""
    k, t = i % 2, 1.75 * i / count
    angle = 1.5 * math.pi * t + math.pi * k
    return 0.7 * t * math.sin(angle), 0.7 * t * math.cos(angle), k


def blobs(rng: random.Random, i: int, count: int) -> tuple[float, float, int]:
    """Three clouds."""
    angle = 2.0 * math.pi * (i % 3) / 3.0 + 0.5
    return math.cos(angle) + rng.gauss(0.0, 0.18), math.sin(angle) + rng.gauss(0.0, 0.18), i % 3


SHAPES = {"circles": circles, "xor": xor, "spiral": spiral, "blobs": blobs}
NOISE = {"circles": 0.08, "xor": 0.05, "spiral": 0.03, "blobs": 0.05}


def points(name: str, count: int, *, seed: int) -> Points:
    """`count` points of a shape and their classes, in random order."""
    rng = random.Random(seed)
    found = []
    for i in range(count):
        x, y, k = SHAPES[name](rng, i, count)
        found.append(([x + rng.gauss(0.0, NOISE[name]), y + rng.gauss(0.0, NOISE[name])], k))
    rng.shuffle(found)
    return [point for point, _ in found], [k for _, k in found]
