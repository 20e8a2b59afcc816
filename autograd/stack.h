/* A stack of borrowed references, for walks through graphs that somebody else keeps alive. */
#include <Python.h>

typedef struct stack {
    PyObject **items;
    size_t size, room;
} stack;

static inline stack *glassgrad_new_stack(void) { return PyMem_RawCalloc(1, sizeof(stack)); }

static inline void glassgrad_free_stack(stack *s) {
    PyMem_RawFree(s->items);
    PyMem_RawFree(s);
}

static inline int glassgrad_push(stack *s, PyObject *x) {
    if (s->size == s->room) {
        size_t more = s->room ? 2 * s->room : 256;
        PyObject **grown = PyMem_RawRealloc(s->items, more * sizeof *grown);
        if (!grown) {
            PyErr_NoMemory();
            return -1;
        }
        s->items = grown;
        s->room = more;
    }
    s->items[s->size++] = x;
    return 0;
}

static inline PyObject *glassgrad_pop(stack *s) { return s->size ? s->items[--s->size] : NULL; }
