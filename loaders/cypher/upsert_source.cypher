MERGE (s:Source {name: $name})
SET s.title = $title, s.mode = $mode, s.snapshot = $snapshot, s.loaded_at = $loaded_at, s.files = $files,
    s.subjects = $subjects, s.relations = $relations, s.listings = $listings, s.lists = $lists,
    s.mark = $mark
