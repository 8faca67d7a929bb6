"""Charts: what is on one (`pictures`, values with all their words), and how it is drawn (the rest, by matplotlib).

`draw` is the only way in. It imports matplotlib with the first chart, in the thread that draws.
"""

from bot.charts.pictures import LiftPicture, Picture, VolumePicture, WeekPicture

__all__ = ["LiftPicture", "Picture", "VolumePicture", "WeekPicture", "draw"]


def draw(picture: Picture) -> bytes:
    """Draw a chart as PNG. Takes a tenth of a second, the first one some seconds: never call it in the event loop."""
    from bot.charts.lift import draw_lift
    from bot.charts.volume import draw_volume
    from bot.charts.week import draw_week

    match picture:
        case LiftPicture():
            return draw_lift(picture)
        case VolumePicture():
            return draw_volume(picture)
        case WeekPicture():
            return draw_week(picture)
