import { inside, LOOK, type Case } from "./case.ts";
import { SOLUTION as S } from "./tally.ts";

/** Slips of the pen. */
export const SYNTAX: readonly Case[] = [
  [
    "JSX",
    inside("const a = <b>hi</b>;"),
    2,
    [
      "main.ts:5:23: Unterminated regular expression",
      "  JSX does not exist here: there is no page. Print with `console.log`.",
    ],
  ],
  [
    "JSX with an attribute",
    inside('const a = <b id="x">hi</b>;'),
    2,
    [
      'main.ts:5:16: Expected ">" but found "id"',
      "  JSX does not exist here: there is no page. Print with `console.log`.",
    ],
  ],
  [
    "a decorator",
    "const d = (x: any) => x;\n@d\nexport class count {}\n",
    2,
    ["main.ts:2:1: decorators do not exist here", "  Use plain functions and classes instead."],
  ],
  [
    "an open brace",
    inside("if (workers) {"),
    2,
    [
      "main.ts:8:1: Unexpected end of file",
      "  A bracket that was opened is never closed: look for the missing `}` or `)`.",
    ],
  ],
  [
    "an open text",
    inside('const a = "abc;'),
    2,
    ["main.ts:5:18: Unterminated string literal", "  Close the text with the quote that it begins with."],
  ],
  [
    "an open template",
    inside("const a = `abc;"),
    2,
    ["main.ts:8:1: Unterminated string literal", "  Close the text with the quote that it begins with."],
  ],
  [
    "an open regular expression",
    inside("const a = /abc;"),
    2,
    [
      "main.ts:5:18: Unterminated regular expression",
      "  Close it with `/`; to divide, put a value on the left.",
    ],
  ],
  [
    "an open comment",
    `/* never closed\n${S}`,
    2,
    [
      'main.ts:17:1: Expected "*/" to terminate multi-line comment',
      "  The multi-line comment starts here: main.ts:1:1",
    ],
  ],
  ["a stray bracket", inside("const a = ) 3;"), 2, ['main.ts:5:13: Unexpected ")"', LOOK]],
  [
    "a reserved word",
    inside("const class = 3;"),
    2,
    [
      'main.ts:5:9: Expected identifier but found "class"',
      "  A name belongs here, and not one of the language's own words.",
    ],
  ],
  [
    "a name declared twice",
    inside("const a = 1; const a = 2;"),
    2,
    [
      'main.ts:5:22: The symbol "a" has already been declared',
      '  The symbol "a" was originally declared here: main.ts:5:9. Rename or remove one of the two.',
    ],
  ],
  [
    "an export twice",
    S + S.replace(/import.*\n/g, ""),
    2,
    [
      'main.ts:17:17: Multiple exports with the same name "count"',
      '  The name "count" was originally exported here: main.ts:4:17. Rename or remove one of the two.',
      'main.ts:17:17: The symbol "count" has already been declared',
      '  The symbol "count" was originally declared here: main.ts:4:17. Rename or remove one of the two.',
    ],
  ],
  [
    "return outside of a function",
    `return 3;\n${S}`,
    2,
    [
      "main.ts:1:1: Top-level return cannot be used inside an ECMAScript module",
      "  `return` belongs into a function.",
    ],
  ],
  [
    "break outside of a loop",
    inside("break;"),
    2,
    ['main.ts:5:3: Cannot use "break" here', "  It belongs into a loop."],
  ],
  [
    "yield in a plain function",
    inside("yield 1;"),
    2,
    [
      'main.ts:5:3: Cannot use "yield" outside a generator function',
      "  Write `function*` for the function around it.",
    ],
  ],
  [
    "a missing parenthesis",
    inside("if (workers {}"),
    2,
    ['main.ts:5:15: Expected ")" but found "{"', "  A bracket before this place is still open: close it."],
  ],
  ["a type that is missing", `const a: = 3;\n${S}`, 2, ['main.ts:1:10: Unexpected "="', LOOK]],
  [
    "a type that is not closed",
    `const a: Array<number = [];\n${S}`,
    2,
    ['main.ts:1:23: Expected ">" but found "="', "  A bracket before this place is still open: close it."],
  ],
  [
    "a constant without a value",
    inside("const a;"),
    2,
    ['main.ts:5:9: The constant "a" must be initialized', "  Give it a value, or declare it with `let`."],
  ],
  [
    "a constant assigned to",
    inside("const a = 1; a = 2;"),
    2,
    [
      'main.ts:5:16: Cannot assign to "a" because it is a constant',
      '  The symbol "a" was declared a constant here: main.ts:5:9. Declare it with `let` to change it.',
    ],
  ],
  [
    "a value on the left",
    inside("3 = workers;"),
    2,
    ["main.ts:5:3: Invalid assignment target", "  On the left of `=` belongs a variable or a field."],
  ],
  [
    "curly quotes",
    inside("const a = “hello”;"),
    2,
    ['main.ts:5:13: Unexpected "“"', "  Write straight quotes: \" or '."],
  ],
  [
    "with",
    inside("with (Math) {}"),
    2,
    [
      "main.ts:5:3: With statements cannot be used in an ECMAScript module",
      "  Programs here are strict, as all modules are, and do without it: choose another form or another name.",
    ],
  ],
  [
    "a private name outside",
    inside("({} as any).#x;"),
    2,
    [
      'main.ts:5:15: Private name "#x" must be declared in an enclosing class',
      "  Declare it in the class: private fields can be used inside of their class only.",
    ],
  ],
];
