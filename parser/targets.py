"""What a program asks of an exercise: one target for like sets, or a scheme with one for each."""

from __future__ import annotations

from dataclasses import replace

from parser.groups import NO_LOAD, Figures, Group
from parser.reading import PrescribedExercise, SchemeSet


def with_targets(exercise: PrescribedExercise, figures: Figures) -> PrescribedExercise:
    """Give a prescribed exercise the sets that its figures ask for."""
    groups = figures.groups
    if not groups:
        return _without_sets(exercise, figures)
    if len(groups) == 1 or _are_alike(groups):
        return _uniform(exercise, figures)
    scheme = tuple(_scheme_set(group) for group in groups for _ in range(group.count))
    if figures.is_last_amrap:
        scheme = (*scheme[:-1], replace(scheme[-1], amrap=True))
    return replace(exercise, sets=len(scheme), scheme=scheme)


def _without_sets(exercise: PrescribedExercise, figures: Figures) -> PrescribedExercise:
    load = figures.load or NO_LOAD
    return replace(
        exercise,
        sets=figures.sets,
        weight=load.weight,
        unit=load.unit_of_weight,
        load_mode=load.mode,
        amrap=figures.is_all_amrap,
    )


def _are_alike(groups: list[Group]) -> bool:
    first = _scheme_set(groups[0])
    return all(_scheme_set(group) == first for group in groups[1:]) and not any(g.is_plus for g in groups[:-1])


def _uniform(exercise: PrescribedExercise, figures: Figures) -> PrescribedExercise:
    first = figures.groups[0]
    target = _scheme_set(first)
    is_counted = len(figures.groups) > 1 or first.is_counted
    return replace(
        exercise,
        sets=sum(group.count for group in figures.groups) if is_counted else figures.sets,
        reps_min=target.reps_min,
        reps_max=target.reps_max,
        seconds=target.seconds,
        distance_m=target.distance_m,
        weight=target.weight,
        unit=target.unit,
        load_mode=target.load_mode,
        percent=target.percent,
        rpe=target.rpe,
        rir=target.rir,
        amrap=target.amrap or figures.is_last_amrap,
    )


def _scheme_set(group: Group) -> SchemeSet:
    load = group.load or NO_LOAD
    return SchemeSet(
        reps_min=group.low,
        reps_max=group.high,
        seconds=group.seconds,
        distance_m=group.metres,
        weight=load.weight,
        unit=load.unit_of_weight,
        load_mode=load.mode,
        percent=group.percent,
        rpe=group.rpe,
        rir=group.rir,
        amrap=group.is_amrap or group.is_plus,
    )
