# Mesocycles: starting one, its weeks, the questions about muscle groups, the review.

command-meso = your mesocycle: weeks, deload, sets that follow recovery

## Questions about a muscle group

meso-muscle = { $muscle ->
        [chest] chest
        [back] back
        [shoulders] shoulders
        [biceps] biceps
        [triceps] triceps
        [forearms] forearms
        [legs] legs
        [glutes] glutes
        [core] core
        [traps] traps
        [lats] lats
        [quads] quads
        [hamstrings] hamstrings
       *[calves] calves
    }
meso-ask-soreness = <b>{ $muscle }</b>: how sore after last time?
meso-ask-pump = <b>{ $muscle }</b>, done for today: how was the pump?
meso-ask-challenge = <b>{ $muscle }</b>: how hard was it?
meso-answer-soreness = { $level ->
        [0] Never sore
        [1] Recovered a while ago
        [2] Just in time
       *[3] Still sore
    }
meso-answer-pump = { $level ->
        [0] None
        [1] Light
        [2] Good
       *[3] Amazing
    }
meso-answer-challenge = { $level ->
        [0] Easy
        [1] Good
        [2] Difficult
       *[3] Very difficult
    }
meso-answer-none = Skip
meso-answer-change = ✏️ Change what I said
meso-change-which = Of which muscle group do you want to say something else?
meso-word-nothing = nothing said
meso-word-soreness = { $level ->
        [0] never sore
        [1] recovered a while ago
        [2] recovered just in time
       *[3] still sore
    }
meso-word-pump = { $level ->
        [0] no pump
        [1] light pump
        [2] good pump
       *[3] amazing pump
    }
meso-word-challenge = { $level ->
        [0] easy
        [1] a good challenge
        [2] difficult
       *[3] very difficult
    }
meso-said = 👍 <b>{ $muscle }</b>: { $said }
meso-nothing-said = <b>{ $muscle }</b>: nothing said
meso-feedback-gone = That session is no longer there.
meso-still-open = { $count ->
        [one] How was this muscle group? Its sets of next week follow what you say.
       *[other] How were these muscle groups? Their sets of next week follow what you say.
    }

## What becomes of the sets

meso-sets-head = 📈 <b>Week { $week }, { $workout }</b>
meso-sets-changed = • { $name }: { $sets ->
        [one] 1 set
       *[other] { $sets } sets
    }{ $by ->
        [none] .
       *[other] { " " }({ $by }).
    }
meso-change = { $sign ->
        [plus] +{ $count }
       *[minus] −{ $count }
    }
meso-sets-kept = { $count ->
        [one] The other exercise keeps its sets.
       *[other] The other { $count } exercises keep their sets.
    }
meso-sets-all-kept = 📈 <b>Week { $week }, { $workout }</b>: all sets stay as they are.
meso-reason-more = { $muscle } { $said }
meso-reason-fewer = { $muscle } { $said }
meso-reason-same = { $muscle } { $said }: the sets stay
meso-reason-shared = { $muscle } { $said }: the change went to the exercises before
meso-reason-most = { $muscle } { $said }, but 15 sets are the most
meso-reason-fewest = { $muscle } { $said }, but one set is the least

## Starting one

meso-none = No mesocycle is going on. One is 3 to 7 weeks over a plan: effort rises week by week, sets follow how your muscles recover, and the last week is a deload.
meso-ask-plan = Which plan shall it go over?
meso-to-library = 📚 From the library
meso-to-own = My plans
meso-to-past = Past mesocycles
meso-ask-weeks = <b>{ $plan }</b>: how many weeks? The last one is the deload.
meso-weeks = { $count } weeks{ $mark ->
        [usual] { " " }✓
       *[none] { "" }
    }
meso-ask-days = <b>{ $plan }</b>: on how many days a week? Its workouts take turns.
meso-days = { $count ->
        [one] 1 day
       *[other] { $count } days
    }{ $mark ->
        [usual] { " " }✓
       *[none] { "" }
    }
meso-ask-start = { $week ->
        [0] { "" }
       *[other] Week { $week } becomes week 1.{ " " }
    }{ $weeks } weeks of { $days ->
        [one] 1 day
       *[other] { $days } days
    }. When does it begin?
meso-start-today = Today
meso-start-monday = Next Monday, { $day }
meso-start-typed = Another day
meso-ask-date = On which day does it begin? Write it like <i>2026-12-07</i>, <i>7 Dec</i> or <i>Thursday</i>.
meso-date-too-far = { $day } is too far away: up to 60 days back and a year ahead, please.
meso-is-running = <b>{ $name }</b> is still going on, and there is one at a time.
meso-end-and-start = End it and start the new one
meso-keep = Keep it
meso-named = { $plan } · { $month } { $year }
meso-started = { $week ->
        [0] 💪 { $ahead ->
            [yes] Set. Until its first day /today goes by the plan alone.
           *[no] Started. /today opens the next workout.
        }
       *[other] 💪 { $ahead ->
            [yes] Set, with the sets of week { $week }. Until its first day /today goes by the plan alone.
           *[no] Started, with the sets of week { $week }. /today opens the next workout.
        }
    }
meso-plan-gone = That plan is no longer there.
meso-ask-repeat = Which week of <b>{ $name }</b> shall be week 1 of a new mesocycle? Its sets are taken over.

## Its weeks

meso-has-ended = It has ended.
meso-now = Week { $week } of { $weeks } · { $kind ->
        [deload] deload: half the sets, 60 % of the load, { $rir } RIR or more
       *[hard] { $rir } RIR
    }
meso-begins = Begins on { $day }
meso-since = From { $day }
meso-paused = ⏸ You train by another plan now; /today goes by that one.
meso-row = Week { $week }: { $slots } · { $sets } sets · { $kind ->
        [deload] deload
       *[hard] { $rir } RIR
    }
meso-sets-this-week = Sets this week: { $sets }
meso-details = 🔎 This week
meso-go-next = ⏭ To week { $week }
meso-go-review = 🏁 To the review
meso-repeat = 🔁 Repeat a week
meso-end = 🏁 End it
meso-delete = 🗑 Delete
meso-archive = 🗄 Archive
meso-to-review = Review
meso-to-weeks = 🗓 The weeks
meso-train-again = ▶️ Train by it again
meso-back = « Mesocycle
meso-restore = ↩️ Bring it back
meso-week-button = Week { $week }
meso-week-head = <b>Week { $week }</b> · { $kind ->
        [deload] deload: 60 % of the load, { $rir } RIR or more
       *[hard] { $rir } RIR
    }
meso-prescription = { $name }: { $sets ->
        [one] 1 set
       *[other] { $sets } sets
    }{ $by ->
        [none] { "" }
       *[other] { " " }({ $by })
    }{ $reason ->
        [none] { "" }
       *[other] . { $reason }
    }
meso-week-over = ✅ Week { $ended } is done. Week { $week } of { $weeks } begins: { $kind ->
        [deload] the deload, half the sets at 60 % of the load, { $rir } RIR or more.
       *[hard] { $rir } RIR.
    }
meso-past = These have ended:
meso-past-none = None has ended yet.
meso-past-button = { $name }{ $status ->
        [archived] { " " }🗄
       *[completed] { "" }
    }
meso-sure-next = Leave week { $week } of <b>{ $name }</b> behind, with what is still to do in it?
meso-sure-end = End <b>{ $name }</b> in week { $week }? What you trained stays, and the review comes now.
meso-sure-delete = Delete <b>{ $name }</b>? The sessions you trained in it stay.
meso-confirm-next = Yes, go on
meso-confirm-end = Yes, end it
meso-confirm-delete = Yes, delete it
meso-done-delete = 🗑 <b>{ $name }</b> is deleted. Your sessions are all still there.
meso-done-archive = 🗄 <b>{ $name }</b> is in the archive: it stands below the others.
meso-gone = That mesocycle is no longer there.
meso-moved-on = It has moved on meanwhile; here is how it stands.

## The review

meso-review-head = 🏁 <b>{ $name }</b>
meso-review-running = 🗓 <b>{ $name }</b>, so far
meso-review-days = { $first } to { $last }
meso-review-parent = Began with week { $week } of { $name }
meso-review-child = Its week { $week } was repeated in { $name }
meso-review-done = Workouts: { $done } of { $planned } done ({ $percent } %){ $skipped ->
        [0] { "" }
       *[other] , { $skipped } skipped
    }
meso-review-sets = <b>Hard sets</b>, week 1 → week { $last }
meso-review-growth = <b>Estimated 1RM</b>, first week → best after it
meso-review-records = { $count ->
        [one] <b>1 record that stands</b>
       *[other] <b>{ $count } records that stand</b>
    }
meso-review-feedback = <b>How it felt</b>, on average from 0 to 3
meso-review-means = { $muscle }: soreness { $soreness }, pump { $pump }, challenge { $challenge }
