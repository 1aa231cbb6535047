MATCH (d:Decision {id: $id}) DELETE d
