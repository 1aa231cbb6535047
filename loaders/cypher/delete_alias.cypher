MATCH (a:Alias {id: $id}) DELETE a
