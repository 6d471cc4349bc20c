/// Where the renderer deliberately shows an example of the specification otherwise than cmark does, by its number.
///
/// What has been written is never taken back, and a model means its line breaks: most deviations follow from that.
enum CommonMarkDeviations {
    /// The numbers of the examples, by the reason.
    static let all: [String: Set<Int>] = [
        "A line ends every span: a style can't be given to a line that was written before.":
            [335, 336, 337, 393, 404, 422, 431, 509, 638, 639, 640, 641],
        "An underlined heading is a line above a rule: the line was written when its underline comes.":
            [59, 80, 81, 82, 83, 84, 86, 89, 90, 91, 95, 96, 102, 103, 115, 141, 300],
        "A line outside of a quote or an item never continues it.":
            [93, 232, 233, 238, 247, 250, 251, 290, 292, 293],
        "Definitions of links stay text: they may come after what they define.":
            [
                23, 33, 192, 193, 194, 195, 196, 198, 200, 202, 203, 204, 205, 206, 207, 208, 210, 214, 215, 216, 217,
                218, 317, 526, 527, 528, 529, 530, 531, 532, 533, 534, 535, 536, 537, 538, 539, 540, 541, 542, 543, 544,
                548, 549, 552, 553, 554, 555, 556, 557, 558, 559, 560, 561, 562, 563, 564, 565, 566, 567, 568, 569, 570,
                572, 575, 576, 581, 582, 583, 584, 585, 586, 587, 588, 590, 591, 592,
            ],
        "The address and the title of a link are shown as they were written, escapes and brackets included.":
            [22, 32, 485, 488, 491, 492, 494, 497, 498, 499, 502, 504, 505, 508, 578, 579],
        "Entities stay as they were written: in a terminal their names are more often meant than their characters.":
            [25, 26, 27, 37, 38, 39, 40, 41],
        "A backslash before a round or square bracket stays: it opens a formula more often than it escapes.":
            [12, 14, 514],
        "HTML is text like any other, and so are Markdown, white space and escapes within it.":
            [
                21, 148, 149, 150, 151, 153, 154, 155, 156, 158, 159, 161, 162, 163, 164, 165, 166, 171, 172, 173, 177,
                178, 179, 180, 182, 183, 184, 186, 189, 191, 344, 474, 475, 476, 523, 631, 643,
            ],
        "An address in angle brackets keeps them: a terminal finds its end by them.":
            [20, 346, 479, 480, 525, 593, 594, 595, 596, 597, 598, 599, 600, 602, 603, 604],
        "A tab goes on to the next column that is a multiple of four, counted from the text of its block.":
            [1, 2, 3, 5, 6, 7, 13],
        "Items of lists are taken for what models mean by them: indented by two they are nested, their numbers stay.":
            [257, 260, 268, 274, 276, 297, 311, 312, 313],
        "The text of an item that begins on the line after its marker stays on that line: the marker was written.":
            [278, 279, 280],
        "Emphasis that ends within brackets ends there: whether they are a link is not known by then.":
            [472, 473, 520],
        "A link may contain another: the inner one is complete, and shown, first.":
            [517, 518, 519],
        "A row of markers with text between their spaces is nested items, also where the rest alone were a rule.":
            [61],
        "A backslash at the end of a paragraph's last line is a line break: which line is the last is not known by then.":
            [644],
        "Two backticks alone on a line open nothing: their span would go over several lines.":
            [121],
    ]
}
