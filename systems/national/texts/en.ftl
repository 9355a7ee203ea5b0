## dynamic: national-refused-
## dynamic: national-error-
## dynamic: national-told-newer

national-menu-desk = National portal
national-menu-told = Dossiers told there
national-menu-arrivals = Dossiers from there
permission-national-read = See what the national portal was told

national-demo = A portal of the demo: nothing goes out.
national-told-title = Dossiers at the national public service portal
national-told-none = There are no dossiers.
national-told-newer = Something newer was told
national-all = All
national-behind = Not matched
national-column-code = Dossier
national-column-ours = State here
national-column-theirs = State told
national-column-match = Comparison
national-matched = Matched
national-refused = Refused by the portal
national-waiting = Waits to be told
national-arrivals-title = Dossiers filed at the national public service portal
national-arrivals-none = There are no dossiers.
national-column-portal-code = Code at the portal
national-column-procedure = Procedure
national-column-fate = Taken in
national-column-arrived = Arrived
national-fate-waiting = Papers are being fetched
national-fate-filed = Filed
national-fate-refused = Refused
national-refused-procedure = There is no such procedure, or it is no longer in force.
national-refused-agency = The agency does not receive this procedure.
national-refused-applicant = The applicant's name or number is missing.
national-refused-papers = A required component is missing.
national-refused-address = A file lies elsewhere than at the portal.
national-refused-file = A file cannot be read or is too large.
national-error-no-portal = The province is not joined to the national portal.
national-error-answer = The portal answered in another form.

# Reconciliation
national-partner = National portal
