"""What Hecto wants of every answer, and what schemathesis can't know: ids that mean something, and whom a call is for."""

import atexit
import json
import os
import random
import re
import threading
from collections import Counter

import schemathesis

WORLD = json.loads(os.environ["HECTO_ATTACK_WORLD"])
COUNTS_FILE = os.environ["HECTO_ATTACK_COUNTS"]
STACK_TRACE = re.compile(r"\\n\s+at |at \S+ \(.*:\d+:\d+\)|node_modules|/dist/")
PROBLEM_FIELDS = {"type", "title", "status", "detail", "code", "retryable", "requestId"}
SAFE_METHODS = {"GET", "HEAD", "OPTIONS", "TRACE"}

counts = Counter()
lock = threading.Lock()
dice = random.Random(WORLD["seed"])


def component_mode(case, location):
    """Whether schemathesis broke this part of the request on purpose; None when it has none."""
    for name, info in (case.meta.components if case.meta else {}).items():
        if str(getattr(name, "value", name)) == location:
            return str(getattr(info.mode, "value", info.mode))
    return None


@schemathesis.hook
def before_call(ctx, case, kwargs):
    """Most valid ids are replaced by known ones: a random id ends at "not found"."""
    with lock:
        roll, chosen = dice.random(), {name: dice.choice(ids) for name, ids in WORLD["ids"].items()}
    if roll < 0.8 and component_mode(case, "path") != "negative":
        for name in list(case.path_parameters or {}):
            if name in chosen:
                case.path_parameters[name] = chosen[name]
    if component_mode(case, "header") == "negative":
        return
    if WORLD["actAs"] is None:
        (case.headers or {}).pop("Hecto-User", None)
    elif roll < 0.9 and case.headers is not None:
        case.headers["Hecto-User"] = WORLD["actAs"]


@schemathesis.hook
def after_call(ctx, case, response):
    with lock:
        counts[f"status {response.status_code}"] += 1
        if response.status_code < 300 and case.method.upper() not in SAFE_METHODS:
            counts["accepted writes"] += 1


@schemathesis.check
def answers_like_hecto(ctx, response, case):
    """An error is a problem of RFC 9457 and says nothing of the inside."""
    if response.status_code < 400:
        return
    media_type = response.headers.get("content-type", [""])[0].split(";")[0]
    assert media_type == "application/problem+json", f"an error as {media_type}"
    assert not STACK_TRACE.search(response.text), "a stack trace in an answer"
    problem = response.json()
    missing = PROBLEM_FIELDS - problem.keys()
    assert not missing, f"a problem without {', '.join(sorted(missing))}"
    assert problem["status"] == response.status_code, "a problem with another status than its answer"


@atexit.register
def write_counts():
    with open(COUNTS_FILE, "w", encoding="utf-8") as file:
        json.dump(counts, file)
