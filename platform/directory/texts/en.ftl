directory-menu-group = Province
directory-menu-agencies = Agencies
permission-directory-staff = See who holds which position
permission-directory-reorganise = Reorganise agencies

# List of agencies
directory-list-title = Agencies of the province
directory-words = Find an agency
directory-words-hint = Name, notation or identifier code; with or without diacritics
directory-name = Name
directory-kind = Kind of agency
directory-tier = Tier
directory-day = Day
directory-day-hint = Leave empty for today; pick an earlier day to see the agencies of that time
directory-show = Show
directory-all-kinds = All kinds
directory-all-tiers = All tiers
directory-shown-day = These are the agencies of { $day }.
directory-show-today = Show today
directory-none = There is no such agency on this day.

directory-tier-province = Province
directory-tier-district = District
directory-tier-commune = Commune

directory-kind-province-committee = People’s Committee of the province
directory-kind-district-committee = People’s Committee of a district
directory-kind-commune-committee = People’s Committee of a commune
directory-kind-department = Department or equivalent
directory-kind-inspectorate = Provincial inspectorate
directory-kind-zone-authority = Economic and industrial zone authority
directory-kind-police = Police
directory-kind-tax = Tax authority
directory-kind-social-insurance = Social insurance
directory-kind-treasury = State treasury
directory-kind-post = Post

# One agency
directory-ended = This agency ended after { $day }.
directory-heir = Its work is now done by:
directory-code = Identifier code
directory-code102 = Code by QCVN 102:2016/BTTTT
directory-notation = Notation of documents
directory-parent = Agency above
directory-since = Exists since
directory-basis = Legal basis
directory-history = Succession
directory-before = Before { $day }:
directory-after = From { $day }:
directory-part = (in part)
directory-units = Units on { $day }
directory-no-units = No units on this day.
directory-seats = Positions: { $count }
directory-unit = Unit
directory-unit-seats = Positions
directory-staff = Who holds which position
directory-position = Position
directory-person = Name
directory-acting-for = authorised by { $name }

# Errors
directory-error-day = This is no day; write year-month-day, such as 2020-06-01.
directory-error-number-taken = Somebody else in the directory has this personal number.
directory-error-holds-already = This person holds that position during the chosen time.
directory-error-ended-already = This has ended before.
directory-error-ends-before = The last day stands before the first.
directory-error-no-position-then = The position does not exist during the chosen time.
directory-error-acting-without-end = An authorisation must name its last day.
directory-error-giver = Who authorises does not hold that position on the first day.

# Reorganisation
directory-menu-plans = Reorganisation
directory-plans-title = Reorganise agencies
directory-plans-about = When agencies merge, split or end, open dossiers, officers and deadlines go with the agency that takes over. A code is never given again.
directory-plans-none = There is no plan yet. Bring one in with the command tinhso reorganise.
directory-plan-title = Plan
directory-plan-on = First day
directory-plan-state = State
directory-plan-proposed = Being looked at
directory-plan-running = Running
directory-plan-done = Done
directory-plan-progress = Progress
directory-plan-done-of = { $done } of { $lines } agencies
directory-plan-running-help = It runs in the background and goes on where it was interrupted.
directory-plan-reload = Reload
directory-plan-must-decide = For { $count } agencies nobody knows who takes over. The plan does not run until somebody has decided each.
directory-plan-show-undecided = Show the undecided agencies
directory-plan-wait = The plan can begin on { $day }.
directory-plan-begin-help = Work, officers and deadlines of { $count } agencies go over to their successors.
directory-plan-unverified-help = { $count } decisions have not been checked against the published text.
directory-plan-begin = Carry it out
directory-plan-begun = The move has begun.
directory-plan-all = All { $count }
directory-plan-undecided-only = Undecided { $count }
directory-plan-unverified-only = Unverified { $count }
directory-plan-no-lines = No agencies.
directory-plan-lines = Agencies that end and their successors
directory-plan-agency = Agency that ends
directory-plan-heir = Successor
directory-plan-heir-of = Code of the successor of { $name }
directory-plan-decided-by = According to
directory-plan-by-table = Table of successors
directory-plan-by-plan = Plan
directory-plan-by-person = Somebody's decision
directory-plan-by-no = Undecided
directory-plan-unverified = Unverified
directory-plan-parts = Divided among { $count } agencies
directory-plan-moved = Moved at
directory-plan-decide = Choose
directory-plan-decided = The decision is noted.
directory-plan-people = People without a position
directory-plan-people-help = Somebody else holds their position at the successor. Please say where each of them goes.
directory-plan-heir-missing = Enter the code of an agency that exists on the first day, other than the one that ends.
directory-plan-agency-unknown = No agency has this code on that day.
directory-plan-nothing-ends = No agency ends on the day before.
directory-plan-began = This plan has begun.
directory-plan-too-early = The plan's first day has not come.
directory-plan-undecided = There are undecided agencies.

# Organisations and who represents them
directory-error-represents-already = This person represents the organisation already in the time chosen.
