MATCH (c:Contact) WHERE NOT EXISTS { (c)<-[:CONTACT]-() }
DELETE c
