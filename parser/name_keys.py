"""When two names mean the same to a scorer: spelling, plurals, word order and what goes without saying aside."""

from __future__ import annotations

import re
from functools import lru_cache

from parser.name_words import STOP_STEMS, stem
from parser.normalise import fold

SPELLINGS = {
    "bb": "barbell",
    "db": "dumbbell",
    "kb": "kettlebell",
    "bw": "bodyweight",
    "dl": "deadlift",
    "rdl": "romanian deadlift",
    "ohp": "overhead press",
    "ez": "ez bar",
    "dumbell": "dumbbell",
    "flye": "fly",
    "legged": "leg",
    "armed": "arm",
    "one": "single",
    "paused": "pause",
    "tricep": "triceps",
    "bicep": "biceps",
    "pullup": "pull up",
    "chinup": "chin up",
    "pushup": "push up",
    "situp": "sit up",
    "stepup": "step up",
    "pulldown": "pull down",
    "pushdown": "push down",
    "facepull": "face pull",
    "skullcrusher": "skull crusher",
    "deadbug": "dead bug",
    "rollout": "roll out",
}
SAME = (
    ("ez bar bar", "ez bar"),
    ("press up", "push up"),
    ("military press", "overhead press"),
    ("strict press", "overhead press"),
    ("shoulder press", "overhead press"),
    ("lying triceps extension", "skull crusher"),
    ("french press", "skull crusher"),
    ("straight leg deadlift", "stiff leg deadlift"),
    ("hex bar", "trap bar"),
    ("back squat", "squat"),
    ("air squat", "bodyweight squat"),
    ("rear foot elevated split squat", "bulgarian split squat"),
    ("crossover", "fly"),
    ("side raise", "lateral raise"),
    ("hyperextension", "back extension"),
    ("45 degree back extension", "back extension"),
    ("hamstring curl", "leg curl"),
    ("lying leg curl", "leg curl"),
    ("quad extension", "leg extension"),
    ("biceps curl", "curl"),
    ("farmer carry", "farmer walk"),
    ("ab wheel roll out", "ab wheel"),
    ("seated row", "cable row"),
    ("seated cable row", "cable row"),
    ("bent over row", "row"),
    ("hollow body hold", "hollow hold"),
    ("l sit hold", "l sit"),
    ("handstand hold", "handstand"),
    ("australian pull up", "inverted row"),
    ("bodyweight row", "inverted row"),
    ("parallel bar dip", "dip"),
    ("chest dip", "dip"),
    ("triceps dip", "dip"),
    ("hip bridge", "glute bridge"),
    ("front plank", "plank"),
    ("plank hold", "plank"),
)
WHOLE = {
    "press": "overhead press",
    "bench": "bench press",
    "pull down": "lat pull down",
    "run": "running",
    "jog": "running",
    "treadmill run": "running",
    "walk": "walking",
    "treadmill walk": "walking",
    "bike": "stationary bike",
    "cycling": "stationary bike",
    "rower": "rowing machine",
    "rowing": "rowing machine",
    "reverse fly": "rear delt fly",
    "rear delt raise": "rear delt fly",
    "chin": "chin up",
    "push down": "triceps push down",
}
SILENT = frozenset({"barbell", "weighted", "assisted", "standing", "exercise"})
UNSAID = (
    ("lateral raise", "dumbbell"),
    ("hammer curl", "dumbbell"),
    ("goblet squat", "dumbbell kettlebell"),
    ("lunge", "dumbbell bodyweight"),
    ("bulgarian", "dumbbell"),
    ("single arm row", "dumbbell"),
    ("chest supported row", "dumbbell"),
    ("swing", "kettlebell dumbbell"),
    ("leg press", "machine"),
    ("leg curl", "machine"),
    ("leg extension", "machine"),
    ("hack squat", "machine"),
    ("calf raise", "machine bodyweight"),
    ("lat pull down", "cable machine"),
    ("triceps push down", "cable rope machine"),
    ("face pull", "cable rope"),
    ("farmer walk", "dumbbell kettlebell"),
    ("pull up", "bodyweight"),
    ("chin up", "bodyweight"),
    ("push up", "bodyweight"),
    ("dip", "bodyweight"),
    ("incline press", "bench"),
    ("decline press", "bench"),
)


@lru_cache(maxsize=8192)
def name_key(name: str) -> frozenset[str]:
    """Give the words that make a name, in no order."""
    words = [SPELLINGS.get(w, w) for w in map(stem, re.findall(r"[^\W_]+", fold(name).replace("'", "")))]
    told = [w for w in " ".join(words).split() if w not in SILENT and w not in STOP_STEMS]
    text = f" {' '.join(told)} "
    for spoken, meant in SAME:
        text = text.replace(f" {spoken} ", f" {meant} ")
    text = WHOLE.get(text.strip(), text.strip())
    key = set(text.split())
    if "bench" in key and not key & {"press", "pull", "dip", "row", "jump"}:
        key.add("press")
    for movement, equipment in UNSAID:
        if set(movement.split()) <= key:
            key -= set(equipment.split())
    return frozenset(key)


def likeness(first: str | None, second: str | None) -> float:
    """Give 1 for names that mean the same, else the share of common words."""
    if not first or not second:
        return 0.0
    a, b = name_key(first), name_key(second)
    if a == b:
        return 1.0
    return len(a & b) / max(1, len(a | b))
