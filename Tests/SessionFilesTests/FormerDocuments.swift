/// A session's file after one command and another of a former version, each made from the one before.
enum FormerDocuments {
    static let start = #"""
        {"format":"sesh.session/1","id":"g","title":null,"preview":"Grüße \"1\"","createdAt":"2026-11-27T11:41:53.873Z","updatedAt":"2026-11-27T11:41:57.807Z","model":"echo","messageCount":6,"pendingCount":1,"revision":13,
        "settings":{"system":"Be brief.","temperature":0.70,"top_p":1e-1},
        "pending":[{"turn":"01M8ECZTNF92VKSG331RCY0Y8T","after":"01M8ECZRN1GXC2QS031J39A056","createdAt":"2026-11-27T11:41:57.807Z","model":"openai:x","content":"Lost","draft":true}],
        "undone":[{"turn":"01M8ECZQ3GEZ7TPPEDH5631QW1","after":"01M8ECZPZ4YH4ZYRZ7R1QBQBZM","replacedBy":"01M8ECZQ6544DMYJ1WMHN6TQCA","undoneAt":"2026-11-27T11:41:54.253Z","messages":[{"turn":"01M8ECZQ3GEZ7TPPEDH5631QW1","role":"user","content":"three","createdAt":"2026-11-27T11:41:54.160Z","settings":{"system":"Be brief.","temperature":0.7}},{"turn":"01M8ECZQ3GEZ7TPPEDH5631QW1","role":"assistant","content":"three","createdAt":"2026-11-27T11:41:54.177Z","model":"echo","finishReason":"stop"}]},{"turn":"01M8ECZQ6544DMYJ1WMHN6TQCA","after":"01M8ECZPZ4YH4ZYRZ7R1QBQBZM","replacedBy":"01M8ECZRN1GXC2QS031J39A056","undoneAt":"2026-11-27T11:41:55.757Z","messages":[{"turn":"01M8ECZQ6544DMYJ1WMHN6TQCA","role":"user","content":"three","createdAt":"2026-11-27T11:41:54.245Z","settings":{"system":"Be brief.","temperature":0.7}},{"turn":"01M8ECZQ6544DMYJ1WMHN6TQCA","role":"assistant","content":"three","createdAt":"2026-11-27T11:41:54.253Z","model":"echo","finishReason":"stop"}]}],
        "messages":[
        {"turn":"01M8ECZPTYMAMYFFTHP5STZTWC","role":"user","content":"Grüße \"1\"","createdAt":"2026-11-27T11:41:53.886Z","settings":{"system":"Be brief."}},
        {"turn":"01M8ECZPTYMAMYFFTHP5STZTWC","role":"assistant","content":"Grüße \"1\"","createdAt":"2026-11-27T11:41:53.902Z","model":"echo","finishReason":"stop"},
        {"turn":"01M8ECZPZ4YH4ZYRZ7R1QBQBZM","role":"user","x":[1.50],"content":"two\nlines","createdAt":"2026-11-27T11:41:54.020Z"},
        {"turn":"01M8ECZPZ4YH4ZYRZ7R1QBQBZM","role":"assistant","content":"two\nlines","createdAt":"2026-11-27T11:41:54.045Z","model":"echo","finishReason":"stop"},
        {"turn":"01M8ECZRN1GXC2QS031J39A056","role":"user","content":"three","createdAt":"2026-11-27T11:41:55.745Z","settings":{"system":"Be brief.","temperature":0.7}},
        {"turn":"01M8ECZRN1GXC2QS031J39A056","role":"assistant","content":"three","createdAt":"2026-11-27T11:41:55.757Z","model":"echo","finishReason":"stop"}
        ]}

        """#
    static let undo = #"""
        {"format":"sesh.session/1","id":"g","title":null,"preview":"Grüße \"1\"","createdAt":"2026-11-27T11:41:53.873Z","updatedAt":"2026-11-27T11:41:57.842Z","model":"echo","messageCount":6,"pendingCount":1,"revision":14,
        "settings":{"system":"Be brief.","temperature":0.70,"top_p":1e-1},
        "pending":[{"turn":"01M8ECZTNF92VKSG331RCY0Y8T","after":"01M8ECZRN1GXC2QS031J39A056","createdAt":"2026-11-27T11:41:57.807Z","model":"openai:x","content":"Lost","draft":true}],
        "undone":[{"turn":"01M8ECZQ3GEZ7TPPEDH5631QW1","after":"01M8ECZPZ4YH4ZYRZ7R1QBQBZM","replacedBy":"01M8ECZQ6544DMYJ1WMHN6TQCA","undoneAt":"2026-11-27T11:41:54.253Z","messages":[{"turn":"01M8ECZQ3GEZ7TPPEDH5631QW1","role":"user","content":"three","createdAt":"2026-11-27T11:41:54.160Z","settings":{"system":"Be brief.","temperature":0.7}},{"turn":"01M8ECZQ3GEZ7TPPEDH5631QW1","role":"assistant","content":"three","createdAt":"2026-11-27T11:41:54.177Z","model":"echo","finishReason":"stop"}]},{"turn":"01M8ECZRN1GXC2QS031J39A056","after":"01M8ECZQ6544DMYJ1WMHN6TQCA","replacedBy":"01M8ECZQ6544DMYJ1WMHN6TQCA","undoneAt":"2026-11-27T11:41:57.842Z","messages":[{"turn":"01M8ECZRN1GXC2QS031J39A056","role":"user","content":"three","createdAt":"2026-11-27T11:41:55.745Z","settings":{"system":"Be brief.","temperature":0.7}},{"turn":"01M8ECZRN1GXC2QS031J39A056","role":"assistant","content":"three","createdAt":"2026-11-27T11:41:55.757Z","model":"echo","finishReason":"stop"}]}],
        "messages":[
        {"turn":"01M8ECZPTYMAMYFFTHP5STZTWC","role":"user","content":"Grüße \"1\"","createdAt":"2026-11-27T11:41:53.886Z","settings":{"system":"Be brief."}},
        {"turn":"01M8ECZPTYMAMYFFTHP5STZTWC","role":"assistant","content":"Grüße \"1\"","createdAt":"2026-11-27T11:41:53.902Z","model":"echo","finishReason":"stop"},
        {"turn":"01M8ECZPZ4YH4ZYRZ7R1QBQBZM","role":"user","x":[1.50],"content":"two\nlines","createdAt":"2026-11-27T11:41:54.020Z"},
        {"turn":"01M8ECZPZ4YH4ZYRZ7R1QBQBZM","role":"assistant","content":"two\nlines","createdAt":"2026-11-27T11:41:54.045Z","model":"echo","finishReason":"stop"},
        {"turn":"01M8ECZQ6544DMYJ1WMHN6TQCA","role":"user","content":"three","createdAt":"2026-11-27T11:41:54.245Z","settings":{"system":"Be brief.","temperature":0.7}},
        {"turn":"01M8ECZQ6544DMYJ1WMHN6TQCA","role":"assistant","content":"three","createdAt":"2026-11-27T11:41:54.253Z","model":"echo","finishReason":"stop"}
        ]}

        """#
    static let undoneFourTimes = #"""
        {"format":"sesh.session/1","id":"g","title":null,"preview":"Grüße \"1\"","createdAt":"2026-11-27T11:41:53.873Z","updatedAt":"2026-11-27T11:41:57.926Z","model":"echo","messageCount":2,"pendingCount":1,"revision":17,
        "settings":{"system":"Be brief.","temperature":0.70,"top_p":1e-1},
        "pending":[{"turn":"01M8ECZTNF92VKSG331RCY0Y8T","after":"01M8ECZRN1GXC2QS031J39A056","createdAt":"2026-11-27T11:41:57.807Z","model":"openai:x","content":"Lost","draft":true}],
        "undone":[{"turn":"01M8ECZRN1GXC2QS031J39A056","after":"01M8ECZQ6544DMYJ1WMHN6TQCA","replacedBy":"01M8ECZQ6544DMYJ1WMHN6TQCA","undoneAt":"2026-11-27T11:41:57.842Z","messages":[{"turn":"01M8ECZRN1GXC2QS031J39A056","role":"user","content":"three","createdAt":"2026-11-27T11:41:55.745Z","settings":{"system":"Be brief.","temperature":0.7}},{"turn":"01M8ECZRN1GXC2QS031J39A056","role":"assistant","content":"three","createdAt":"2026-11-27T11:41:55.757Z","model":"echo","finishReason":"stop"}]},{"turn":"01M8ECZQ6544DMYJ1WMHN6TQCA","after":"01M8ECZQ3GEZ7TPPEDH5631QW1","replacedBy":"01M8ECZQ3GEZ7TPPEDH5631QW1","undoneAt":"2026-11-27T11:41:57.871Z","messages":[{"turn":"01M8ECZQ6544DMYJ1WMHN6TQCA","role":"user","content":"three","createdAt":"2026-11-27T11:41:54.245Z","settings":{"system":"Be brief.","temperature":0.7}},{"turn":"01M8ECZQ6544DMYJ1WMHN6TQCA","role":"assistant","content":"three","createdAt":"2026-11-27T11:41:54.253Z","model":"echo","finishReason":"stop"}]},{"turn":"01M8ECZQ3GEZ7TPPEDH5631QW1","after":"01M8ECZPZ4YH4ZYRZ7R1QBQBZM","replacedBy":null,"undoneAt":"2026-11-27T11:41:57.901Z","messages":[{"turn":"01M8ECZQ3GEZ7TPPEDH5631QW1","role":"user","content":"three","createdAt":"2026-11-27T11:41:54.160Z","settings":{"system":"Be brief.","temperature":0.7}},{"turn":"01M8ECZQ3GEZ7TPPEDH5631QW1","role":"assistant","content":"three","createdAt":"2026-11-27T11:41:54.177Z","model":"echo","finishReason":"stop"}]},{"turn":"01M8ECZPZ4YH4ZYRZ7R1QBQBZM","after":"01M8ECZPTYMAMYFFTHP5STZTWC","replacedBy":null,"undoneAt":"2026-11-27T11:41:57.926Z","messages":[{"turn":"01M8ECZPZ4YH4ZYRZ7R1QBQBZM","role":"user","x":[1.50],"content":"two\nlines","createdAt":"2026-11-27T11:41:54.020Z"},{"turn":"01M8ECZPZ4YH4ZYRZ7R1QBQBZM","role":"assistant","content":"two\nlines","createdAt":"2026-11-27T11:41:54.045Z","model":"echo","finishReason":"stop"}]}],
        "messages":[
        {"turn":"01M8ECZPTYMAMYFFTHP5STZTWC","role":"user","content":"Grüße \"1\"","createdAt":"2026-11-27T11:41:53.886Z","settings":{"system":"Be brief."}},
        {"turn":"01M8ECZPTYMAMYFFTHP5STZTWC","role":"assistant","content":"Grüße \"1\"","createdAt":"2026-11-27T11:41:53.902Z","model":"echo","finishReason":"stop"}
        ]}

        """#
    static let redo = #"""
        {"format":"sesh.session/1","id":"g","title":null,"preview":"Grüße \"1\"","createdAt":"2026-11-27T11:41:53.873Z","updatedAt":"2026-11-27T11:41:57.955Z","model":"echo","messageCount":4,"pendingCount":1,"revision":18,
        "settings":{"system":"Be brief.","temperature":0.70,"top_p":1e-1},
        "pending":[{"turn":"01M8ECZTNF92VKSG331RCY0Y8T","after":"01M8ECZRN1GXC2QS031J39A056","createdAt":"2026-11-27T11:41:57.807Z","model":"openai:x","content":"Lost","draft":true}],
        "undone":[{"turn":"01M8ECZRN1GXC2QS031J39A056","after":"01M8ECZQ6544DMYJ1WMHN6TQCA","replacedBy":"01M8ECZQ6544DMYJ1WMHN6TQCA","undoneAt":"2026-11-27T11:41:57.842Z","messages":[{"turn":"01M8ECZRN1GXC2QS031J39A056","role":"user","content":"three","createdAt":"2026-11-27T11:41:55.745Z","settings":{"system":"Be brief.","temperature":0.7}},{"turn":"01M8ECZRN1GXC2QS031J39A056","role":"assistant","content":"three","createdAt":"2026-11-27T11:41:55.757Z","model":"echo","finishReason":"stop"}]},{"turn":"01M8ECZQ6544DMYJ1WMHN6TQCA","after":"01M8ECZQ3GEZ7TPPEDH5631QW1","replacedBy":"01M8ECZQ3GEZ7TPPEDH5631QW1","undoneAt":"2026-11-27T11:41:57.871Z","messages":[{"turn":"01M8ECZQ6544DMYJ1WMHN6TQCA","role":"user","content":"three","createdAt":"2026-11-27T11:41:54.245Z","settings":{"system":"Be brief.","temperature":0.7}},{"turn":"01M8ECZQ6544DMYJ1WMHN6TQCA","role":"assistant","content":"three","createdAt":"2026-11-27T11:41:54.253Z","model":"echo","finishReason":"stop"}]},{"turn":"01M8ECZQ3GEZ7TPPEDH5631QW1","after":"01M8ECZPZ4YH4ZYRZ7R1QBQBZM","replacedBy":null,"undoneAt":"2026-11-27T11:41:57.901Z","messages":[{"turn":"01M8ECZQ3GEZ7TPPEDH5631QW1","role":"user","content":"three","createdAt":"2026-11-27T11:41:54.160Z","settings":{"system":"Be brief.","temperature":0.7}},{"turn":"01M8ECZQ3GEZ7TPPEDH5631QW1","role":"assistant","content":"three","createdAt":"2026-11-27T11:41:54.177Z","model":"echo","finishReason":"stop"}]}],
        "messages":[
        {"turn":"01M8ECZPTYMAMYFFTHP5STZTWC","role":"user","content":"Grüße \"1\"","createdAt":"2026-11-27T11:41:53.886Z","settings":{"system":"Be brief."}},
        {"turn":"01M8ECZPTYMAMYFFTHP5STZTWC","role":"assistant","content":"Grüße \"1\"","createdAt":"2026-11-27T11:41:53.902Z","model":"echo","finishReason":"stop"},
        {"turn":"01M8ECZPZ4YH4ZYRZ7R1QBQBZM","role":"user","x":[1.50],"content":"two\nlines","createdAt":"2026-11-27T11:41:54.020Z"},
        {"turn":"01M8ECZPZ4YH4ZYRZ7R1QBQBZM","role":"assistant","content":"two\nlines","createdAt":"2026-11-27T11:41:54.045Z","model":"echo","finishReason":"stop"}
        ]}

        """#
    static let redoneFourTimes = #"""
        {"format":"sesh.session/1","id":"g","title":null,"preview":"Grüße \"1\"","createdAt":"2026-11-27T11:41:53.873Z","updatedAt":"2026-11-27T11:41:58.061Z","model":"echo","messageCount":6,"pendingCount":1,"revision":21,
        "settings":{"system":"Be brief.","temperature":0.70,"top_p":1e-1},
        "pending":[{"turn":"01M8ECZTNF92VKSG331RCY0Y8T","after":"01M8ECZRN1GXC2QS031J39A056","createdAt":"2026-11-27T11:41:57.807Z","model":"openai:x","content":"Lost","draft":true}],
        "undone":[{"turn":"01M8ECZQ3GEZ7TPPEDH5631QW1","after":"01M8ECZPZ4YH4ZYRZ7R1QBQBZM","replacedBy":"01M8ECZQ6544DMYJ1WMHN6TQCA","undoneAt":"2026-11-27T11:41:58.015Z","messages":[{"turn":"01M8ECZQ3GEZ7TPPEDH5631QW1","role":"user","content":"three","createdAt":"2026-11-27T11:41:54.160Z","settings":{"system":"Be brief.","temperature":0.7}},{"turn":"01M8ECZQ3GEZ7TPPEDH5631QW1","role":"assistant","content":"three","createdAt":"2026-11-27T11:41:54.177Z","model":"echo","finishReason":"stop"}]},{"turn":"01M8ECZQ6544DMYJ1WMHN6TQCA","after":"01M8ECZPZ4YH4ZYRZ7R1QBQBZM","replacedBy":"01M8ECZRN1GXC2QS031J39A056","undoneAt":"2026-11-27T11:41:58.061Z","messages":[{"turn":"01M8ECZQ6544DMYJ1WMHN6TQCA","role":"user","content":"three","createdAt":"2026-11-27T11:41:54.245Z","settings":{"system":"Be brief.","temperature":0.7}},{"turn":"01M8ECZQ6544DMYJ1WMHN6TQCA","role":"assistant","content":"three","createdAt":"2026-11-27T11:41:54.253Z","model":"echo","finishReason":"stop"}]}],
        "messages":[
        {"turn":"01M8ECZPTYMAMYFFTHP5STZTWC","role":"user","content":"Grüße \"1\"","createdAt":"2026-11-27T11:41:53.886Z","settings":{"system":"Be brief."}},
        {"turn":"01M8ECZPTYMAMYFFTHP5STZTWC","role":"assistant","content":"Grüße \"1\"","createdAt":"2026-11-27T11:41:53.902Z","model":"echo","finishReason":"stop"},
        {"turn":"01M8ECZPZ4YH4ZYRZ7R1QBQBZM","role":"user","x":[1.50],"content":"two\nlines","createdAt":"2026-11-27T11:41:54.020Z"},
        {"turn":"01M8ECZPZ4YH4ZYRZ7R1QBQBZM","role":"assistant","content":"two\nlines","createdAt":"2026-11-27T11:41:54.045Z","model":"echo","finishReason":"stop"},
        {"turn":"01M8ECZRN1GXC2QS031J39A056","role":"user","content":"three","createdAt":"2026-11-27T11:41:55.745Z","settings":{"system":"Be brief.","temperature":0.7}},
        {"turn":"01M8ECZRN1GXC2QS031J39A056","role":"assistant","content":"three","createdAt":"2026-11-27T11:41:55.757Z","model":"echo","finishReason":"stop"}
        ]}

        """#
    static let answered = #"""
        {"format":"sesh.session/1","id":"g","title":null,"preview":"Grüße \"1\"","createdAt":"2026-11-27T11:41:53.873Z","updatedAt":"2026-11-27T11:41:58.134Z","model":"echo","messageCount":8,"pendingCount":0,"revision":23,
        "settings":{"system":"Be brief.","temperature":0.70,"top_p":1e-1},
        "pending":[],
        "undone":[{"turn":"01M8ECZQ3GEZ7TPPEDH5631QW1","after":"01M8ECZPZ4YH4ZYRZ7R1QBQBZM","replacedBy":"01M8ECZQ6544DMYJ1WMHN6TQCA","undoneAt":"2026-11-27T11:41:58.015Z","messages":[{"turn":"01M8ECZQ3GEZ7TPPEDH5631QW1","role":"user","content":"three","createdAt":"2026-11-27T11:41:54.160Z","settings":{"system":"Be brief.","temperature":0.7}},{"turn":"01M8ECZQ3GEZ7TPPEDH5631QW1","role":"assistant","content":"three","createdAt":"2026-11-27T11:41:54.177Z","model":"echo","finishReason":"stop"}]},{"turn":"01M8ECZQ6544DMYJ1WMHN6TQCA","after":"01M8ECZPZ4YH4ZYRZ7R1QBQBZM","replacedBy":"01M8ECZRN1GXC2QS031J39A056","undoneAt":"2026-11-27T11:41:58.061Z","messages":[{"turn":"01M8ECZQ6544DMYJ1WMHN6TQCA","role":"user","content":"three","createdAt":"2026-11-27T11:41:54.245Z","settings":{"system":"Be brief.","temperature":0.7}},{"turn":"01M8ECZQ6544DMYJ1WMHN6TQCA","role":"assistant","content":"three","createdAt":"2026-11-27T11:41:54.253Z","model":"echo","finishReason":"stop"}]}],
        "messages":[
        {"turn":"01M8ECZPTYMAMYFFTHP5STZTWC","role":"user","content":"Grüße \"1\"","createdAt":"2026-11-27T11:41:53.886Z","settings":{"system":"Be brief."}},
        {"turn":"01M8ECZPTYMAMYFFTHP5STZTWC","role":"assistant","content":"Grüße \"1\"","createdAt":"2026-11-27T11:41:53.902Z","model":"echo","finishReason":"stop"},
        {"turn":"01M8ECZPZ4YH4ZYRZ7R1QBQBZM","role":"user","x":[1.50],"content":"two\nlines","createdAt":"2026-11-27T11:41:54.020Z"},
        {"turn":"01M8ECZPZ4YH4ZYRZ7R1QBQBZM","role":"assistant","content":"two\nlines","createdAt":"2026-11-27T11:41:54.045Z","model":"echo","finishReason":"stop"},
        {"turn":"01M8ECZRN1GXC2QS031J39A056","role":"user","content":"three","createdAt":"2026-11-27T11:41:55.745Z","settings":{"system":"Be brief.","temperature":0.7}},
        {"turn":"01M8ECZRN1GXC2QS031J39A056","role":"assistant","content":"three","createdAt":"2026-11-27T11:41:55.757Z","model":"echo","finishReason":"stop"},
        {"turn":"01M8ECZTNF92VKSG331RCY0Y8T","role":"user","content":"Lost","createdAt":"2026-11-27T11:41:57.807Z","draft":true},
        {"turn":"01M8ECZTNF92VKSG331RCY0Y8T","role":"assistant","content":"Lost","createdAt":"2026-11-27T11:41:58.134Z","model":"echo","finishReason":"stop"}
        ]}

        """#
    static let fork = #"""
        {"format":"sesh.session/1","id":"f","title":null,"preview":"Grüße \"1\"","createdAt":"2026-11-27T11:41:58.160Z","updatedAt":"2026-11-27T11:41:58.160Z","model":"echo","messageCount":8,"pendingCount":0,"revision":1,"forkedFrom":{"id":"g","turn":"01M8ECZTNF92VKSG331RCY0Y8T"},
        "settings":{"system":"Be brief.","temperature":0.70,"top_p":1e-1},
        "pending":[],
        "undone":[],
        "messages":[
        {"turn":"01M8ECZPTYMAMYFFTHP5STZTWC","role":"user","content":"Grüße \"1\"","createdAt":"2026-11-27T11:41:53.886Z","settings":{"system":"Be brief."}},
        {"turn":"01M8ECZPTYMAMYFFTHP5STZTWC","role":"assistant","content":"Grüße \"1\"","createdAt":"2026-11-27T11:41:53.902Z","model":"echo","finishReason":"stop"},
        {"turn":"01M8ECZPZ4YH4ZYRZ7R1QBQBZM","role":"user","x":[1.50],"content":"two\nlines","createdAt":"2026-11-27T11:41:54.020Z"},
        {"turn":"01M8ECZPZ4YH4ZYRZ7R1QBQBZM","role":"assistant","content":"two\nlines","createdAt":"2026-11-27T11:41:54.045Z","model":"echo","finishReason":"stop"},
        {"turn":"01M8ECZRN1GXC2QS031J39A056","role":"user","content":"three","createdAt":"2026-11-27T11:41:55.745Z","settings":{"system":"Be brief.","temperature":0.7}},
        {"turn":"01M8ECZRN1GXC2QS031J39A056","role":"assistant","content":"three","createdAt":"2026-11-27T11:41:55.757Z","model":"echo","finishReason":"stop"},
        {"turn":"01M8ECZTNF92VKSG331RCY0Y8T","role":"user","content":"Lost","createdAt":"2026-11-27T11:41:57.807Z","draft":true},
        {"turn":"01M8ECZTNF92VKSG331RCY0Y8T","role":"assistant","content":"Lost","createdAt":"2026-11-27T11:41:58.134Z","model":"echo","finishReason":"stop"}
        ]}

        """#
    static let reset = #"""
        {"format":"sesh.session/1","id":"g","title":null,"preview":"","createdAt":"2026-11-27T11:41:53.873Z","updatedAt":"2026-11-27T11:41:58.186Z","model":"echo","messageCount":0,"pendingCount":0,"revision":24,
        "settings":{"system":"Be brief.","temperature":0.70,"top_p":1e-1},
        "pending":[],
        "undone":[],
        "messages":[
        ]}

        """#
}
