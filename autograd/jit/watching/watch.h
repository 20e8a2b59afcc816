/* The places of a watch, compared with what they were pointer by pointer: each with as few reads of memory as will do.

   Nothing here is held: the watch's entries, of which there is one for each place, hold it. A place that does not look
   as it did is only suspected of a change; what there is to say about it is found out in Python. */
#include <Python.h>
#include <stdint.h>
#include <string.h>

enum { other_place, instance_place, space_place, map_place, class_place, list_place, cell_place, function_place };

/* Until 3.12 a dict's version tells that nothing was stored in it. In 3.13 attributes are stored without changing it,
   and from 3.14 on there is none: there, keys and values are compared. */
#if PY_VERSION_HEX < 0x030D0000
#define VERSIONS 1
#if defined(__GNUC__)
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"
#endif
#define VERSION(dict) (((PyDictObject *)(dict))->ma_version_tag)
#else
#define VERSIONS 0
#define VERSION(dict) 0
#endif

typedef struct {
    int kind;
    PyObject *a, *b, *c; /* the place, and what it was: see `looks_the_same` */
    uint64_t tag;
    PyObject **seen; /* of an instance without versions: the keys and values of its dict */
} place;

typedef struct {
    place *at;
    Py_ssize_t n, room;
} places;

static inline void
look_again(place *p)
{
    if (p->kind == instance_place && p->c) {
        p->tag = VERSION(p->c);
        if (!VERSIONS) {
            Py_ssize_t n = PyDict_Size(p->c), k = 0, at = 0;
            PyMem_Free(p->seen);
            p->seen = (PyObject **)PyMem_Malloc((2 * n + 1) * sizeof(PyObject *));
            p->tag = (uint64_t)n;
            while (p->seen && k < 2 * n && PyDict_Next(p->c, &at, p->seen + k, p->seen + k + 1)) {
                k += 2;
            }
        }
    }
    else if (p->kind == space_place || p->kind == map_place) {
        p->tag = VERSION(p->a);
    }
    else if (p->kind == class_place) {
        static PyObject *name = NULL;
        if (!name) {
            name = PyUnicode_InternFromString("__class__");
        }
        if (name) {
            _PyType_Lookup((PyTypeObject *)p->a, name); /* has a version assigned, where there are any left */
        }
        p->tag = ((PyTypeObject *)p->a)->tp_version_tag;
    }
}

static inline int
same_attributes(place *p)
{
    if (VERSIONS && PyType_HasFeature(Py_TYPE(p->a), Py_TPFLAGS_MANAGED_DICT)) {
        if (((PyObject **)p->a)[-3] != p->c) { /* where 3.11 and 3.12 keep it */
            return 0;
        }
    }
    else {
        PyObject **dict = _PyObject_GetDictPtr(p->a);
        if (!dict || *dict != p->c) {
            return 0;
        }
    }
    if (VERSIONS) {
        return VERSION(p->c) == p->tag;
    }
    PyObject *key, *value;
    Py_ssize_t at = 0, k = 0;
    if (!p->seen || (uint64_t)PyDict_Size(p->c) != p->tag) {
        return 0;
    }
    for (; PyDict_Next(p->c, &at, &key, &value); k += 2) {
        if (p->seen[k] != key || p->seen[k + 1] != value) {
            return 0;
        }
    }
    return 1;
}

static inline int
same_entries(PyObject *dict, PyObject *keys, PyObject *values)
{
    PyObject *key, *value;
    Py_ssize_t at = 0, i = 0;
    if (PyDict_Size(dict) != PyTuple_GET_SIZE(keys)) {
        return 0;
    }
    for (; PyDict_Next(dict, &at, &key, &value); i++) {
        if (value != PyTuple_GET_ITEM(values, i) || key != PyTuple_GET_ITEM(keys, i)) {
            return 0;
        }
    }
    return 1;
}

static inline int
same_names(PyObject *dict, PyObject *named, PyObject *missing)
{
    PyObject *name, *value;
    Py_ssize_t at = 0;
    while (PyDict_Next(named, &at, &name, &value)) {
        PyObject *now = PyDict_GetItemWithError(dict, name);
        if (now ? now != value : value != missing) {
            return 0;
        }
    }
    return 1;
}

static inline int
looks_the_same(place *p, PyObject *missing)
{
    switch (p->kind) {
    case instance_place: /* an object, its class, the dict of its attributes if it has one */
        return (PyObject *)Py_TYPE(p->a) == p->b && (!p->c || same_attributes(p));
    case space_place: /* a module's dict, and in a dict the values of the names that are watched */
        return VERSIONS ? VERSION(p->a) == p->tag : same_names(p->a, p->b, missing);
    case map_place: /* a dict, its keys, its values */
        return VERSIONS && VERSION(p->a) == p->tag ? 1 : same_entries(p->a, p->b, p->c);
    case class_place: /* a class; its version tells of its base classes too */
        return p->tag && ((PyTypeObject *)p->a)->tp_version_tag == p->tag;
    case list_place: { /* a list, its items */
        Py_ssize_t n = PyTuple_GET_SIZE(p->b);
        return PyList_GET_SIZE(p->a) == n
               && (!n
                   || !memcmp(((PyListObject *)p->a)->ob_item, ((PyTupleObject *)p->b)->ob_item, n * sizeof(void *)));
    }
    case cell_place: /* a cell, what it holds or NULL */
        return PyCell_GET(p->a) == p->b;
    case function_place: /* a function, its code, its defaults or None */
        return PyFunction_GET_CODE(p->a) == p->b
               && (PyFunction_GET_DEFAULTS(p->a) ? PyFunction_GET_DEFAULTS(p->a) : Py_None) == p->c
               && (uint64_t)(uintptr_t)PyFunction_GET_KW_DEFAULTS(p->a) == p->tag;
    }
    return 0;
}

/* The first place from `from` on that is suspected of a change, -1 where there is none. */
static inline Py_ssize_t
next_suspect_place(places *all, Py_ssize_t from, PyObject *missing)
{
    for (Py_ssize_t i = from; i < all->n; i++) {
        if (!looks_the_same(all->at + i, missing)) {
            return i;
        }
    }
    return -1;
}

/* Have the place at i look as it should; at the end a new one is added. */
static inline int
set_place(places *all, Py_ssize_t i, int kind, PyObject *a, PyObject *b, PyObject *c)
{
    if (i == all->room) {
        Py_ssize_t room = all->room ? 2 * all->room : 16;
        place *at = (place *)PyMem_Realloc(all->at, room * sizeof(place));
        if (!at) {
            PyErr_NoMemory();
            return -1;
        }
        all->at = at;
        all->room = room;
    }
    place *p = all->at + i;
    if (i == all->n) {
        all->n++;
        p->seen = NULL;
    }
    p->kind = kind;
    p->a = a;
    p->b = b;
    p->c = c;
    p->tag = 0;
    if (kind == instance_place && c == Py_None) {
        p->c = NULL;
    }
    else if (kind == function_place) {
        p->tag = (uint64_t)(uintptr_t)PyFunction_GET_KW_DEFAULTS(a);
    }
    look_again(p);
    return PyErr_Occurred() ? -1 : 0;
}

static inline void
free_places(places *all)
{
    for (Py_ssize_t i = 0; i < all->n; i++) {
        PyMem_Free(all->at[i].seen);
    }
    PyMem_Free(all->at);
    memset(all, 0, sizeof *all);
}

/* Whether an object has a dict for attributes, which may have to be made yet; no code of its class is run. */
static inline int
has_attributes(PyObject *x)
{
    return _PyObject_GetDictPtr(x) != NULL;
}

/* Whether an array's numbers are these bytes; -1 where it does not show its memory. */
static inline int
same_bytes(PyObject *array, PyObject *seen)
{
    Py_buffer view;
    if (PyObject_GetBuffer(array, &view, PyBUF_SIMPLE)) {
        PyErr_Clear();
        return -1;
    }
    int same = view.len == PyBytes_GET_SIZE(seen);
    if (same && view.len)
        same = !memcmp(view.buf, PyBytes_AS_STRING(seen), view.len);
    PyBuffer_Release(&view);
    return same;
}
