"""Diagnostics of files, of YAML's syntax, and of what comes with pasted text (E01xx)."""

from __future__ import annotations

from engine.spec.codes.entry import Code

TEXT = (
    Code(
        "E0101",
        "This is not a file",
        "A scene is one text file that ends in .yaml. A folder, a device or a pipe cannot be read as one. Give the path of "
        "the file, or the name of a scene such as `lakeside`; a folder will do if a file of its own name lies in it.",
    ),
    Code(
        "E0102",
        "There is no such file",
        "Nothing lies at that path. Look at the spelling, and at the folder you are in: a path is looked up from there.",
    ),
    Code(
        "E0103",
        "The file cannot be read",
        "The file is there, but the computer does not let you read it, or the disk fails. Look at its permissions; on a "
        "shared drive, ask who owns it.",
    ),
    Code(
        "E0104",
        "The file is too large",
        "A scene's file has at most 1 MiB of text; the longest scenes people write have a twentieth of that. Most likely this "
        "is another kind of file. If it is a scene, move parts of it to files of their own and `include` them.",
    ),
    Code(
        "E0105",
        "The file is not UTF-8 text",
        "Letters are stored as numbers, and there are several ways to do so; a scene uses UTF-8. Open the file in an editor "
        "and save it with the encoding UTF-8. In Notepad the choice is in the window 'Save as', at the bottom.",
    ),
    Code(
        "E0106",
        "The file is saved as UTF-16",
        "Some Windows programs call UTF-16 'Unicode'. A scene uses UTF-8. Open the file in an editor and save it with the "
        "encoding UTF-8.",
    ),
    Code(
        "E0107",
        "This is not a text file",
        "The file has bytes in it that no text has: it is a picture, a model, a Word document or the like. A scene is plain "
        "text, as an editor such as Notepad or VS Code writes it.",
    ),
    Code(
        "E0108",
        "There is no scene of that name",
        "A name without a path is one of the scenes that come with Abaton. For a scene of your own give the path of its file.",
    ),
    Code(
        "E0109",
        "Another version of the language",
        "The key `spec` says for which version of the scene language a scene was written. A newer one needs a newer engine; "
        "an older one is brought up to date by `abaton migrate`.",
        "spec: 7\n",
        "spec: 1\n",
    ),
    Code(
        "E0110",
        "This is not the tag of a language",
        "The language of a scene's text is written as a short tag, so that voices and right-to-left writing are found: `en`, "
        "`de`, `ar`, `pt-BR`. The list is BCP 47.",
        "language: english and german\n",
        "language: en\n",
    ),
    Code(
        "E0111",
        "The file is empty",
        "There is nothing in it but comments, perhaps. `abaton new NAME` writes a small scene to begin with.",
        "# a scene\n",
        "spec: 1\n",
    ),
    Code(
        "E0112",
        "A scene is written as keys and values",
        "The file's lines are `key: value`, none of them indented at the top. A list with dashes, or plain sentences, cannot "
        "stand there.",
        "- spec: 1\n- language: en\n",
        "spec: 1\nlanguage: en\n",
    ),
    Code(
        "E0130",
        "A second ':' on one line",
        "A colon with a space behind it ends a key. In a sentence that has one the whole sentence goes into double quotes.",
        "text:\n  title: Breathing: calm and slow\n",
        'text:\n  title: "Breathing: calm and slow"\n',
    ),
    Code(
        "E0131",
        "Brackets that do not match",
        "Each `{` needs a `}` and each `[` a `]`, with commas between what stands in them. Count them from the left; most "
        "often one is missing at the end.",
        "props:\n  dock: {use: wooden_dock, at: [0 m, 0 m}\n",
        "props:\n  dock: {use: wooden_dock, at: [0 m, 0 m]}\n",
    ),
    Code(
        "E0132",
        "The line is indented wrongly",
        "Lines that belong together begin in the same column; what belongs to a key is indented by two spaces more than the key.",
        "props:\n  dock: {use: wooden_dock}\n   lamp: {use: lantern}\n",
        "props:\n  dock: {use: wooden_dock}\n  lamp: {use: lantern}\n",
    ),
    Code(
        "E0133",
        "The line does not fit the list above it",
        "In a list every item begins with a dash in the same column. A line without a dash at that column belongs to nothing.",
        "triggers:\n  - worsen\n  recover: true\n",
        "triggers:\n  - worsen\n  - recover\n",
    ),
    Code(
        "E0134",
        "A key without ':'",
        "Each line is `key: value`. The colon is missing here, or the space behind it.",
        "language: en\nspec 1\ntext:\n  title: A test\n",
        "language: en\nspec: 1\ntext:\n  title: A test\n",
    ),
    Code(
        "E0135",
        "Indented with a tab",
        "A tab is as wide as each program likes, so YAML refuses it before the first word of a line. Use spaces, two for a "
        "level; most editors can be told to put them when you press Tab.",
        "text:\n\ttitle: Breathing\n",
        "text:\n  title: Breathing\n",
    ),
    Code(
        "E0136",
        "No text begins with this sign",
        "`@`, `` ` `` and `%` mean something to YAML at the beginning of a text. Put the text in double quotes.",
        "text:\n  title: @home\n",
        'text:\n  title: "@home"\n',
    ),
    Code(
        "E0137",
        "A quote is never closed",
        "A text that begins with a quote ends with the same quote. If the text has an apostrophe in it, use double quotes "
        "around it.",
        "text:\n  title: 'Breathing\n",
        "text:\n  title: 'Breathing'\n",
    ),
    Code(
        "E0138",
        "An invisible control character",
        "A character stands here that is no letter and no space; it came by copying, most likely. Delete it: put the cursor "
        "behind it and press Backspace once.",
        "text:\n  title: A\x07 test\n",
        "text:\n  title: A test\n",
    ),
    Code(
        "E0139",
        "A backslash in double quotes",
        "Between double quotes `\\` begins a sign of its own, such as `\\n` for a new line. For a plain backslash use single "
        "quotes.",
        'text:\n  title: "A \\quiet room"\n',
        "text:\n  title: 'A \\quiet room'\n",
    ),
    Code(
        "E0140",
        "YAML cannot be read from here on",
        "Something before this place is left open or stands where it cannot: a quote, a bracket, a dash, a colon. Look at the "
        "line itself and the one above it. If nothing helps, write the lines anew by hand.",
        "text:\n  title: >>\n    A test\n",
        "text:\n  title: >\n    A test\n",
    ),
    Code(
        "E0141",
        "Printer's quotes",
        "Word processors turn quotes into curved ones (“ ” ‘ ’). YAML takes those for letters of the text. In texts for "
        'people they are welcome; around words of the language use straight ones (") or none.',
        "environment: {use: alpine_lake, weather: “clear”}\n",
        "environment: {use: alpine_lake, weather: clear}\n",
    ),
    Code(
        "E0142",
        "An invisible space",
        "A no-break space, or a character without any width, looks like a plain space or like nothing, and comes with text "
        "that is pasted from a word processor or a web page. Delete it and type a plain space.",
        "language:\u00a0en\n",
        "language: en\n",
    ),
    Code(
        "E0143",
        "An invisible line break",
        "Word processors have line breaks of their own (Shift+Enter); some programs see two lines there and others one. "
        "Delete it, and break the line with Enter or not at all.",
        "text:\n  title: A quiet\u2028test\n",
        "text:\n  title: A quiet test\n",
    ),
    Code(
        "E0144",
        "A comma ended the text",
        "Inside `{ }` and `[ ]` a comma ends what stands before it. So a sentence with a comma falls apart. Sentences for "
        "people never stand inside brackets: put them under `text`, each on a line of its own, and use their key.",
        "scenario:\n  do: {say: welcome, friend}\n  rules: {when: done, go: end}\ntext:\n  welcome: Welcome\n",
        "scenario:\n  do: {say: welcome}\n  rules: {when: done, go: end}\ntext:\n  welcome: Welcome, friend\n",
    ),
    Code(
        "E0145",
        "A printer's dash for a minus",
        "Word processors turn a hyphen into a longer dash (– or −). A number takes the plain one that the keyboard types.",
        "props:\n  lamp: {use: lantern, at: [–1 m, 0 m]}\n",
        "props:\n  lamp: {use: lantern, at: [-1 m, 0 m]}\n",
    ),
    Code(
        "E0149",
        "Text behind its closing quote",
        "A text that begins with a quote ends with the next one of the same kind. Put all of it between the quotes; between "
        'double quotes a quote inside is written `\\"`.',
        'text:\n  title: "Breathe" and rest\n',
        'text:\n  title: "\\"Breathe\\" and rest"\n',
    ),
    Code(
        "W0150",
        "A letter that no font has",
        "What people read in a scene is drawn with fonts that come with Abaton: Latin, Greek, Cyrillic, Arabic, Hebrew, "
        "Devanagari, Chinese, Japanese and Korean letters and the signs that clinics use. A letter of another writing, a rare "
        "character or an emoji is drawn as an empty box. `assets/fonts/README.md` says what there is, and how to add a font.",
        "text:\n  title: Well done 👍\n",
        "text:\n  title: Well done ✓\n",
    ),
)
