/* Which Python code starts, and which C functions are called, while one thread records a function.

   Code is seen by a frame evaluation function (PEP 523): that costs a few nanoseconds a call and nothing else, where a
   profile function on CPython 3.11 slows every instruction down. C functions need the profile function; it is switched
   on by `glassgrad_listen`, for functions that may call one that matters. Whatever profile function was there before
   goes on being told everything, and is put back at the end. */
#include <Python.h>
#include <stdint.h>

enum { APART = 1, EVERY = 2, SEEN = 4 };  /* what the observer answers about code; SEEN is always added */
enum { PRINTING = 1, OUTSIDE = 2 };       /* what a C function is */
enum { DEEPEST = 256 }; /* calls one in another; from there on calls must not use up C's stack, and are profiled */

/* The beginning of an interpreter's frame, which is laid out differently in every version. */
#if PY_VERSION_HEX < 0x030C0000
#define EVALUATION 1
typedef struct { PyObject *function, *globals, *builtins, *locals, *code; } frame_head;
#elif PY_VERSION_HEX < 0x030E0000
#define EVALUATION 1
typedef struct { PyObject *code, *previous, *function, *globals; } frame_head;
#else
#define EVALUATION 0 /* of versions that were not there to be looked at: profiled from the start */
#endif

typedef struct { void *key; int value; } spot;
typedef struct { spot *spots; size_t size, used; } table; /* open addressing; the size is a power of two */

static PyObject *observer = NULL;
static PyThreadState *observed = NULL; /* the thread that is watched; NULL while nothing is, and apart */
static table codes, functions;         /* code objects, which are held; the definitions of C functions */
static int depth, printing, listening;
static PyFrameObject *resting;         /* the frame that is apart, where that was noticed by the profile function */
static Py_tracefunc former;
static PyObject *former_object;

static spot *
spot_of(table *t, void *key)
{
    size_t k = ((uintptr_t)key >> 4) * 0x9E3779B97F4A7C15u >> 20 & (t->size - 1);
    while (t->spots[k].key && t->spots[k].key != key) {
        k = (k + 1) & (t->size - 1);
    }
    return t->spots + k;
}

static inline int
put(table *t, void *key, int value)
{
    if (2 * t->used >= t->size) {
        table larger = {NULL, t->size ? 2 * t->size : 32, 0};
        larger.spots = (spot *)PyMem_Calloc(larger.size, sizeof(spot));
        if (!larger.spots) {
            return -1;
        }
        for (size_t i = 0; i < t->size; i++) {
            if (t->spots[i].key) {
                *spot_of(&larger, t->spots[i].key) = t->spots[i];
            }
        }
        larger.used = t->used;
        PyMem_Free(t->spots);
        *t = larger;
    }
    spot *s = spot_of(t, key);
    t->used += s->key == NULL;
    s->key = key;
    s->value = value;
    return 0;
}

static inline int
value_in(table *t, void *key)
{
    return t->size ? spot_of(t, key)->value : 0;
}

/* Ask the observer. What it does is not observed, and an error of its own is not the program's. */
static long
asked(const char *method, PyObject *a, PyObject *b, PyObject *c)
{
    PyThreadState *thread = observed;
    PyObject *type, *value, *traceback;
    PyErr_Fetch(&type, &value, &traceback); /* a generator may be entered with an exception */
    observed = NULL;
    PyObject *answer = PyObject_CallMethod(observer, method, "OOO", a, b ? b : Py_None, c ? c : Py_None);
    long flags = answer ? PyLong_AsLong(answer) : 0;
    if (PyErr_Occurred()) {
        PyErr_WriteUnraisable(a);
        flags = 0;
    }
    Py_XDECREF(answer);
    observed = thread;
    PyErr_Restore(type, value, traceback);
    return flags;
}

static inline int
kind_of_code(PyObject *code, PyObject *function, PyObject *globals)
{
    int kind = value_in(&codes, code);
    if (!kind) {
        Py_INCREF(code);
        put(&codes, code, SEEN);
        kind = SEEN | (int)asked("started", code, function, globals);
        put(&codes, code, kind);
    }
    return kind;
}

static inline int
profile(PyObject *Py_UNUSED(self), PyFrameObject *frame, int what, PyObject *argument)
{
    if (former && former(former_object, frame, what, argument)) {
        return -1;
    }
    if (resting) {
        if (what == PyTrace_RETURN && frame == resting) {
            resting = NULL;
            observed = PyThreadState_Get();
        }
        return 0;
    }
    if (!observer || PyThreadState_Get() != observed) {
        return 0;
    }
    if (what == PyTrace_CALL) {
        PyObject *code = (PyObject *)PyFrame_GetCode(frame);
        PyObject *globals = PyFrame_GetGlobals(frame);
        int kind = kind_of_code(code, NULL, globals);
        Py_DECREF(globals);
        Py_DECREF(code);
        if (kind & APART) {
            resting = frame;
            observed = NULL;
        }
        else if (kind & EVERY) {
            asked("entered", (PyObject *)frame, NULL, NULL);
        }
    }
    else if (what >= PyTrace_C_CALL && what <= PyTrace_C_RETURN && PyCFunction_Check(argument)) {
        int kind = value_in(&functions, ((PyCFunctionObject *)argument)->m_ml);
        if (kind == PRINTING) {
            printing += what == PyTrace_C_CALL ? 1 : -1;
        }
        else if (kind && what == PyTrace_C_CALL) {
            asked("called", argument, NULL, NULL);
        }
    }
    return 0;
}

static inline void
glassgrad_listen(void)
{
    if (observer && !listening) {
        PyThreadState *thread = PyThreadState_Get();
        former = thread->c_profilefunc;
        former_object = thread->c_profileobj;
        Py_XINCREF(former_object);
        listening = 1;
        PyEval_SetProfile(profile, NULL);
    }
}

#if EVALUATION
static _PyFrameEvalFunction evaluate; /* what was there before */

static inline PyObject *
hook(PyThreadState *thread, struct _PyInterpreterFrame *frame, int throwing)
{
    if (thread != observed) {
        return evaluate(thread, frame, throwing);
    }
    frame_head *head = (frame_head *)frame;
    int kind = kind_of_code(head->code, head->function, head->globals);
    PyObject *result;
    if (kind & APART) {
        observed = NULL;
        result = evaluate(thread, frame, throwing);
        observed = observer ? thread : NULL;
    }
    else if (depth == DEEPEST) {
        glassgrad_listen();
        _PyInterpreterState_SetEvalFrameFunc(thread->interp, evaluate);
        result = evaluate(thread, frame, throwing);
        _PyInterpreterState_SetEvalFrameFunc(thread->interp, hook);
    }
    else {
        depth++;
        result = evaluate(thread, frame, throwing);
        depth--;
    }
    return result;
}
#endif

/* Have the observer's started(code, function or None, globals) called for all code when it first starts on this
   thread; called(function) before each call of a C function that it was told to look out for, once there is listening;
   and entered(frame), listening too, for code about which it has answered EVERY. */
static inline void
glassgrad_observe(PyObject *new_observer)
{
    observer = new_observer;
    Py_INCREF(observer);
    observed = PyThreadState_Get();
    depth = printing = listening = 0;
    resting = NULL;
#if EVALUATION
    _PyFrameEvalFunction now = _PyInterpreterState_GetEvalFrameFunc(observed->interp);
    evaluate = now == hook ? evaluate : now;
    _PyInterpreterState_SetEvalFrameFunc(observed->interp, hook);
#else
    glassgrad_listen();
#endif
}

static inline void
glassgrad_end(void)
{
    PyThreadState *thread = PyThreadState_Get();
    if (listening) {
        if (thread->c_profilefunc == profile) {
            PyEval_SetProfile(former, former_object);
        }
        former = NULL;
        Py_CLEAR(former_object);
        listening = 0;
    }
#if EVALUATION
    if (_PyInterpreterState_GetEvalFrameFunc(thread->interp) == hook) {
        _PyInterpreterState_SetEvalFrameFunc(thread->interp, evaluate);
    }
#endif
    observed = NULL;
    resting = NULL;
    Py_CLEAR(observer);
    table ended = codes;
    memset(&codes, 0, sizeof codes);
    for (size_t i = 0; i < ended.size; i++) {
        Py_XDECREF((PyObject *)ended.spots[i].key);
    }
    PyMem_Free(ended.spots);
}

/* Whether the thread that records is inside of code that is apart, or of a call of print. */
static inline int
glassgrad_aside(void)
{
    return observer && (!observed || printing > 0);
}

/* Look out for a C function, or a method of a class made in C. */
static inline int
glassgrad_look_out(PyObject *function, int kind)
{
    void *key = NULL;
    if (PyCFunction_Check(function)) {
        key = ((PyCFunctionObject *)function)->m_ml;
    }
    else if (Py_TYPE(function) == &PyMethodDescr_Type || Py_TYPE(function) == &PyClassMethodDescr_Type) {
        key = ((PyMethodDescrObject *)function)->d_method;
    }
    return key ? put(&functions, key, kind) : 0;
}
