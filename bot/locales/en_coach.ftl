## Coaches and athletes

command-coach = who coaches you, and ending it
command-athletes = your athletes: plans, sessions, records
command-admin = figures of operation

coach-nameless = somebody
coach-banner = 👤 <b>{ $name }</b>, as they see it
coach-to-athlete = ↩ { $name }
coach-ended = That is closed to you: the coaching has ended.

coach-athletes =
    { $count ->
        [0] <b>You have no athletes yet.</b> Invite somebody: they see who asks and what you will see before they say yes.
        [one] <b>Your athlete</b>
       *[other] <b>Your { $count } athletes</b>
    }
coach-invite = ➕ Invite an athlete
coach-invited =
    Send this link to your athlete. It works once, for { $days } days:
    { $link }
coach-copy-link = 📋 Copy the link
coach-athlete =
    👤 <b>{ $name }</b>
    You coach them since { $day }. You can read and change their plans, and read sessions, records and the mesocycle.
coach-plans = 📖 Plans
coach-sessions = 🏋️ Sessions
coach-records = 🏆 Records
coach-meso = 🗓 Mesocycle
coach-give = 📥 Copy into their plans
coach-no-meso = There is no mesocycle going on.
coach-leave = Stop coaching
coach-leave-yes = Yes, stop
coach-ask-leave = Stop coaching <b>{ $name }</b>? You will see nothing of theirs any more, and they are told.
coach-keep = Keep it
coach-to-athletes = ↩ Athletes

coach-invitation =
    <b>{ $name }</b> invites you to be coached.
    If you accept, { $name } can
    • see and change your plans and your own exercises,
    • see your sessions with all sets and notes, your records, your mesocycle and what you said of your muscles.
    { $name } cannot change what you logged, and sees none of your messages, imports, settings or kit. I tell you when a plan of yours was changed. /coach ends it at any time.
coach-accept = Accept
coach-decline = No, thanks
coach-declined = All right. Nothing was shared.
coach-link-accepted = Done: <b>{ $name }</b> is your coach now. /coach ends it at any time.
coach-link-already = <b>{ $name }</b> is your coach already. See /coach.
coach-link-used = This invitation was used already. Ask your coach for a new link.
coach-link-expired = This invitation has expired. Ask your coach for a new link.
coach-link-own = That is your own invitation: send the link to your athlete.
coach-link-closed = This invitation is not valid any more.
coach-link-unknown = I know no such invitation. Was the link copied whole?

coach-none = Nobody coaches you. A coach can send you a link; you see what they will see before you accept.
coach-coaches = <b>Who coaches you</b>
coach-one = • { $name }, since { $day }
coach-end = End it with { $name }
coach-ask-end = End it with <b>{ $name }</b>? They will see nothing of yours any more, and they are told. Your plans stay as they are.
coach-end-yes = Yes, end it
coach-end-done = Ended.

coach-news-accepted = <b>{ $name }</b> has accepted: you are their coach now.
coach-news-revoked = <b>{ $name }</b> has ended the coaching.
coach-news-left = <b>{ $name }</b> coaches you no more, and sees nothing of yours.
coach-news-plan = <b>{ $name }</b>, your coach, has worked on your plan <b>{ $plan }</b>.
coach-open-athlete = Open

admin-figures =
    <b>Operation</b>
    Users: { $users }, active today { $day }, in 7 days { $week }
    Updates today: { $updates }, failed { $failures }
    Sets: { $sets }
    Imports: { $imports }
    Outbox: { $pending } pending, { $failed } failed
    Model tokens today: { $tokens }
    Database: { $megabytes } MB
