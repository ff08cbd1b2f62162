import js from "@eslint/js";
import tseslint from "typescript-eslint";

export default tseslint.config(
  { ignores: ["dist/", "generated/", "coverage/", "node_modules/"] },
  js.configs.recommended,
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        projectService: { allowDefaultProject: ["*.js", ".ci/*.mjs"] },
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      // Numbers and bigints in messages are the daily bread of this project.
      "@typescript-eslint/restrict-template-expressions": [
        "error",
        { allowNumber: true, allowBoolean: false, allowNullish: false },
      ],
      // `while (true)` reads better than a contorted condition in a lexer.
      "@typescript-eslint/no-unnecessary-condition": ["error", { allowConstantLoopConditions: true }],
      "@typescript-eslint/switch-exhaustiveness-check": [
        "error",
        { considerDefaultExhaustiveForUnions: true },
      ],
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/no-non-null-assertion": "error",
      "no-console": "error",
      eqeqeq: "error",
    },
  },
  {
    files: ["src/**"],
    rules: {
      // A module's constants: numbers, strings and expressions in capitals, tables and all else as variables.
      "@typescript-eslint/naming-convention": [
        "error",
        {
          selector: "variable",
          modifiers: ["const", "global"],
          types: ["number", "string", "boolean"],
          format: ["UPPER_CASE"],
        },
        { selector: "typeLike", format: ["PascalCase"] },
        { selector: "function", format: ["camelCase"] },
        {
          selector: ["classMethod", "classProperty", "parameter"],
          format: ["camelCase"],
          leadingUnderscore: "allow",
        },
      ],
      // Each item becomes an argument on the stack, which ends at some 125,000 of them.
      "no-restricted-syntax": [
        "error",
        {
          selector: "CallExpression > SpreadElement.arguments",
          message: "A list as long as the input does not fit into arguments; see src/util/lists.ts.",
        },
        {
          selector: "NewExpression > SpreadElement.arguments",
          message: "A list as long as the input does not fit into arguments; see src/util/lists.ts.",
        },
        {
          selector: "CallExpression[callee.property.name='apply'][arguments.length=2]",
          message: "A list as long as the input does not fit into arguments; see src/util/lists.ts.",
        },
        { selector: "PrivateIdentifier", message: "Private members have one form: `private`." },
        {
          selector:
            "Program > :matches(VariableDeclaration, ExportNamedDeclaration > VariableDeclaration)[kind='const'] > VariableDeclarator[id.name=/^[a-z]/] > Literal[regex]",
          message: "A module's regular expression is named in capitals.",
        },
        {
          selector:
            "VariableDeclarator[id.name=/^[A-Z][A-Z0-9_]+$/] > :matches(NewExpression, ArrayExpression, ObjectExpression)",
          message: "A table is named as a variable is; capitals are for numbers, strings and expressions.",
        },
        {
          selector: "FunctionDeclaration[id.name=/^(make|build|new)[A-Z]/]",
          message: "What makes a thing is called create….",
        },
      ],
    },
  },
  { files: ["*.js", ".ci/*.mjs"], extends: [tseslint.configs.disableTypeChecked] },
  // vitest's `expect` reads methods off their object, and tests build wrong input on purpose.
  { files: ["test/**"], rules: { "@typescript-eslint/no-non-null-assertion": "off" } },
  { files: ["bench/**", ".ci/**"], rules: { "no-console": "off" } },
);
