"""The library's equipment in groups to choose from, and kits that many people have as a whole."""

from __future__ import annotations

from collections.abc import Mapping

GROUPS: Mapping[str, tuple[str, ...]] = {
    "free_weights": (
        "barbell",
        "plates",
        "dumbbells",
        "kettlebell",
        "ez-bar",
        "trap-bar",
        "safety-bar",
        "swiss-bar",
        "axle",
        "landmine",
        "chains",
        "medicine-ball",
        "weight-vest",
        "dip-belt",
        "neck-harness",
    ),
    "racks": (
        "rack",
        "bench",
        "incline-bench",
        "decline-bench",
        "preacher-bench",
        "back-extension-bench",
        "glute-ham-bench",
        "plyo-box",
        "box-steps",
        "slant-board",
    ),
    "cables": ("cable", "rope", "lat-pulldown-machine"),
    "machines": (
        "smith-machine",
        "row-machine",
        "chest-press-machine",
        "pec-deck",
        "shoulder-press-machine",
        "lateral-raise-machine",
        "leg-press-machine",
        "hack-squat-machine",
        "leg-extension-machine",
        "leg-curl-machine",
        "calf-raise-machine",
        "hip-machine",
        "hip-thrust-machine",
        "biceps-curl-machine",
        "triceps-machine",
        "ab-machine",
        "assisted-machine",
        "reverse-hyper",
    ),
    "body": (
        "bodyweight",
        "pull-up-bar",
        "dip-bars",
        "parallettes",
        "rings",
        "suspension-trainer",
        "resistance-band",
        "mini-band",
        "ab-wheel",
        "stability-ball",
        "foam-roller",
        "nordic-anchor",
        "climbing-rope",
    ),
    "cardio": (
        "treadmill",
        "stationary-bike",
        "air-bike",
        "rowing-machine",
        "ski-erg",
        "elliptical",
        "stair-climber",
        "jump-rope",
        "battle-ropes",
    ),
    "strongman": ("log", "sandbag", "atlas-stone", "tyre", "yoke", "farmers-handles", "sled"),
}
"""Slugs by group, in the order in which they are offered. Every piece of the library is in one of them."""

# What a gym round the corner rarely has.
RARE = frozenset(
    (
        *GROUPS["strongman"],
        "axle",
        "swiss-bar",
        "safety-bar",
        "chains",
        "neck-harness",
        "weight-vest",
        "slant-board",
        "reverse-hyper",
        "glute-ham-bench",
        "rings",
        "parallettes",
        "climbing-rope",
        "ski-erg",
    )
)

PRESETS: Mapping[str, frozenset[str]] = {
    "full_gym": frozenset(slug for group in GROUPS.values() for slug in group) - RARE,
    "home": frozenset(("bodyweight", "dumbbells", "bench")),
    "bodyweight": frozenset(("bodyweight",)),
}
"""Whole kits to start from."""
