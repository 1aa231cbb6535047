// A day's derived values onto subjects.
UNWIND $rows AS row
MATCH (s:Subject {id: row.id}) SET s += row.props
