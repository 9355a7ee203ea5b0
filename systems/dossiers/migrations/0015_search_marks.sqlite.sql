-- The index narrows to agencies and state itself, by words that nobody types.
UPDATE dossiers_search_rows SET words = words
    || coalesce((SELECT ' zzs' || d.state FROM dossiers d WHERE d.id = dossiers_search_rows.id), '')
    || coalesce((SELECT group_concat(' zza' || lower(hex(v.agency_id)), '') FROM dossiers_agencies v
                 WHERE v.dossier_id = dossiers_search_rows.id), '');
INSERT OR REPLACE INTO dossiers_search (rowid, body) SELECT doc, words FROM dossiers_search_rows;
