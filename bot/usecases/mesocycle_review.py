"""What a mesocycle came to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from bot.usecases.mesocycles import Block, SlotState, open_block
from bot.usecases.record_news import RecordNews, told_in_summary
from storage.models import Mesocycle
from storage.repositories.mesocycles import BlockRecord
from storage.repositories.muscle_feedback import FeedbackMeans
from training.mesocycle_review import GroupSets, Growth, growth, sets_by_group

if TYPE_CHECKING:
    from bot.turn import Turn


@dataclass(frozen=True, slots=True)
class Review:
    """`planned` workouts there were, `done` and `skipped` of them. `records` still stand, by exercise."""

    block: Block
    planned: int
    done: int
    skipped: int
    groups: Sequence[GroupSets]
    growth: Sequence[Growth]
    records: Sequence[tuple[str, Sequence[RecordNews]]]
    feedback: Sequence[FeedbackMeans]
    parent: Mesocycle | None
    children: Sequence[Mesocycle]

    @property
    def mesocycle(self) -> Mesocycle:
        return self.block.mesocycle

    @property
    def adherence(self) -> int:
        """Give the share of planned workouts that were done, in percent."""
        return round(100 * self.done / self.planned) if self.planned else 0


async def review(turn: Turn, mesocycle_id: UUID) -> Review | None:
    """Look back on a mesocycle; None where it is gone."""
    block = await open_block(turn, mesocycle_id)
    if block is None:
        return None
    mesocycle = block.mesocycle
    states = [slot.state for week in block.weeks for slot in week.slots]
    sets = await turn.work.mesocycles.block_sets(mesocycle_id)
    parent_id = mesocycle.parent_mesocycle_id
    return Review(
        block,
        len(states),
        states.count(SlotState.DONE),
        states.count(SlotState.SKIPPED),
        sets_by_group(sets, mesocycle.duration_weeks),
        growth(sets),
        _news(await turn.work.mesocycles.records(mesocycle_id)),
        await turn.work.muscle_feedback.means(mesocycle_id),
        None if parent_id is None else await turn.work.mesocycles.find(parent_id),
        await turn.work.mesocycles.children(mesocycle_id),
    )


def _news(records: Sequence[BlockRecord]) -> Sequence[tuple[str, Sequence[RecordNews]]]:
    """Choose the records worth telling, as the summary of a session does."""
    by_name: dict[str, list[RecordNews]] = {}
    for one in records:
        row = one.record
        by_name.setdefault(one.exercise, []).append(RecordNews(str(row.record_type), row.value, row.value < 0))
    return [(name, told_in_summary(news, has_load=_has_load(news))) for name, news in by_name.items()]


def _has_load(news: Sequence[RecordNews]) -> bool:
    return any(one.record_type == "max_weight" and one.value for one in news)
