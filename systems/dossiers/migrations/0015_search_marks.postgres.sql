-- The index narrows to agencies and state itself, by words that nobody types.
UPDATE dossiers_search SET words = words
    || coalesce((SELECT ' zzs' || d.state FROM dossiers d WHERE d.id = dossiers_search.id), '')
    || coalesce((SELECT string_agg(' zza' || replace(v.agency_id::text, '-', ''), '') FROM dossiers_agencies v
                 WHERE v.dossier_id = dossiers_search.id), '');
UPDATE dossiers_search SET body = to_tsvector('simple', words);
