# Figures over weeks, charts, and the export as a table.

command-stats = your weeks in figures: sets by muscle, streak, best lifts
command-chart = pictures: /chart bench, /chart volume, /chart week

## /stats

stats-none = Nothing to count yet. Write a set, like <code>bench 80x8</code>, and ask me again.
stats-week-now = 📊 <b>This week</b> · { $days }
stats-week = 📊 <b>Week</b> of { $days }
stats-block = 📊 <b>{ $weeks ->
        [one] 1 week
       *[other] { $weeks } weeks
    }</b> · { $days }
stats-mesocycle = 📊 <b>{ $name }</b> · week { $week } of { $weeks }, { $days }
stats-days = { $first } – { $last }
stats-nothing-done = No sets in this time.
stats-sessions = { $count ->
        [one] 1 session
       *[other] { $count } sessions
    }
stats-hard-sets = { $count ->
        [one] 1 hard set
       *[other] { $count } hard sets
    }
stats-per-week = { $count } a week
stats-before-week = <i>The week before: { $totals }</i>
stats-before-block = <i>The { $weeks ->
        [one] week
       *[other] { $weeks } weeks
    } before: { $totals }</i>
stats-streak = 🔥 { $weeks } weeks in a row
stats-streak-days = 🔥 { $weeks } weeks in a row, { $days } days in a row
stats-muscles = <b>Hard sets by muscle</b>
stats-muscles-tonnage = <b>Hard sets by muscle</b>, { $unit } moved
stats-lifts = <b>Best lifts</b>, estimated 1RM
stats-lift = { $name }: { $estimate }
stats-lift-set = { $name }: { $estimate } <i>({ $weight } × { $reps })</i>
button-stats-week = Weeks
button-stats-block = Blocks
button-stats-earlier = ‹ Earlier
button-stats-later = Later ›
button-stats-picture = 🖼 As a picture
button-stats-kept = 🖼 Planned and done
button-stats-feedback = Feedback and sets

## Looking back on a mesocycle's feedback

stats-feedback = <b>{ $name }</b>: what you said, and your sets the week after
stats-feedback-none = No feedback in <b>{ $name }</b> yet. I ask for it in the sessions of a mesocycle.
stats-feedback-line = Week { $week } · { $muscle }: { $said } · { $change }
stats-feedback-soreness = sore { $level }
stats-feedback-pump = pump { $level }
stats-feedback-challenge = hard { $level }
stats-feedback-nothing = no answers
stats-feedback-change = { $before } → { $after } sets
stats-feedback-open = { $before ->
        [one] 1 set
       *[other] { $before } sets
    }
stats-feedback-scale = <i>0 to 3 each, the mean of the week’s workouts.</i>
stats-outcomes = <b>Which answer led to how many sets</b>
stats-outcome = { $muscle }, { $said }: { $sets } sets on average ({ $times ->
        [one] once
       *[other] { $times } times
    })
stats-performance = <b>Sets against strength</b>, week by week
stats-performance-line = { $name }: { $weeks }
stats-performance-week = { $sets ->
        [one] 1 set
       *[other] { $sets } sets
    }, { $estimate }
stats-performance-sets = { $sets ->
        [one] 1 set
       *[other] { $sets } sets
    }
button-stats-back = ‹ Back

## Charts

chart-menu = Which picture? Or write <code>/chart bench</code>.
chart-menu-none = There is nothing to draw yet. Log a few sessions, like <code>bench 80x8</code>, and ask me again.
button-chart-volume = Sets by muscle
button-chart-week = Planned and done
button-chart-months = { $months } months
button-chart-all = All of it
chart-drawing = Drawing…
chart-too-little = <b>{ $name }</b> has one day so far. A line needs two: come back after the next session.
chart-no-sets = No sets of <b>{ $name }</b> yet.
chart-no-volume = No hard sets in these weeks, so there is nothing to draw.
chart-no-week = Nothing was planned or done in the week of { $day }.
chart-failed = Sorry, I could not draw that. Please ask again; if it happens again, tell my keeper this number: <code>{ $error_id }</code>
chart-filename = { $kind ->
        [lift] lift
        [volume] volume
       *[week] week
    }-{ $day }.png
chart-top-set = Top set
chart-estimate = Estimated 1RM
chart-unit = { $measure ->
        [reps] reps
        [seconds] seconds
        [metres] metres
        [lb] lb
       *[kg] kg
    }
chart-lift-subtitle = { $best } · { $days }
chart-best = Best { $value } { $unit }
chart-volume-title = Weekly sets by muscle
chart-volume-axis = Hard sets; a helping muscle counts half
chart-week-now = This week
chart-week-of = Week of { $day }
chart-week-subtitle = { $days } · { $done } of { $planned } sets
chart-week-subtitle-free = { $days } · { $done ->
        [one] 1 set
       *[other] { $done } sets
    }
chart-week-axis = Sets, without warm-ups
chart-planned = Planned
chart-done = Done
chart-kept = { $kept ->
        [done] { $done }/{ $planned }
        [extra] { $done } extra
        [free] { $done }
        [missed] missed
        [skipped] skipped
        [planned] to do
       *[rest] rest
    }

## The export

button-export-json = Everything as JSON
button-export-csv = Sets as a CSV table
export-csv-filename = repscribe-sets-{ $day }.csv
export-csv-caption = One row a set. The columns are described in docs/export.md.
export-csv-none = There are no sets to export yet.
