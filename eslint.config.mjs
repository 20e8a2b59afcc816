// What the pages' scripts are held to: `npx eslint@9`. No package is needed beside eslint itself.
const browser = [
  "AudioContext", "Blob", "CSS", "DecompressionStream", "Event", "File", "HTMLElement", "ImageData", "Path2D", "Response", "ResizeObserver", "TextDecoder", "URL", "WebAssembly",
  "addEventListener", "atob", "btoa", "cancelAnimationFrame", "clearTimeout", "clearInterval", "console", "devicePixelRatio", "document",
  "getComputedStyle", "history", "innerWidth", "innerHeight", "location", "matchMedia", "navigator", "performance", "removeEventListener", "requestAnimationFrame",
  "setInterval", "setTimeout", "structuredClone", "window",
];

export default [
  {
    files: ["viz/pages/scripts/**/*.js"],
    languageOptions: { ecmaVersion: 2023, sourceType: "module", globals: Object.fromEntries(browser.map((name) => [name, "readonly"])) },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      "array-callback-return": "error", "constructor-super": "error", "default-case-last": "error", "dot-notation": "error", "eqeqeq": "error", "for-direction": "error", "getter-return": "error",
      "no-alert": "error", "no-async-promise-executor": "error", "no-caller": "error", "no-case-declarations": "error", "no-class-assign": "error",
      "no-compare-neg-zero": "error", "no-cond-assign": ["error", "except-parens"], "no-const-assign": "error", "no-constant-binary-expression": "error",
      "no-constant-condition": "error", "no-constructor-return": "error", "no-control-regex": "error", "no-debugger": "error", "no-delete-var": "error", "no-dupe-args": "error",
      "no-dupe-class-members": "error", "no-dupe-else-if": "error", "no-dupe-keys": "error", "no-duplicate-case": "error", "no-duplicate-imports": "error", "no-empty": "error",
      "no-empty-character-class": "error", "no-empty-pattern": "error", "no-eval": "error", "no-ex-assign": "error", "no-extend-native": "error", "no-extra-boolean-cast": "error",
      "no-fallthrough": "error", "no-func-assign": "error", "no-global-assign": "error", "no-implied-eval": "error", "no-import-assign": "error", "no-inner-declarations": "error",
      "no-invalid-regexp": "error", "no-irregular-whitespace": "error", "no-lone-blocks": "error", "no-loss-of-precision": "error", "no-misleading-character-class": "error",
      "no-new-func": "error", "no-new-wrappers": "error", "no-obj-calls": "error", "no-octal": "error", "no-promise-executor-return": "off", "no-prototype-builtins": "error",
      "no-redeclare": "error",
      "no-restricted-syntax": ["error", { selector: "TemplateElement[value.raw=/\\n/]", message: "indentation does not reach the pages: write \\n" }],
      "no-regex-spaces": "error", "no-script-url": "error", "no-self-assign": "error", "no-setter-return": "error", "no-shadow": "error",
      "no-shadow-restricted-names": "error", "no-sparse-arrays": "error", "no-template-curly-in-string": "error", "no-this-before-super": "error", "no-throw-literal": "error",
      "no-undef": "error", "no-unexpected-multiline": "error", "no-unmodified-loop-condition": "error", "no-unreachable": "error", "no-unsafe-finally": "error", "no-unsafe-negation": "error",
      "no-unsafe-optional-chaining": "error", "no-unused-expressions": ["error", { allowShortCircuit: true, allowTernary: true }], "no-unused-labels": "error",
      "no-unused-private-class-members": "error", "no-unused-vars": "error", "no-useless-backreference": "error", "no-useless-catch": "error", "no-useless-escape": "error",
      "no-useless-rename": "error", "no-useless-return": "error", "no-var": "error", "no-with": "error", "object-shorthand": "error", "prefer-const": ["error", { destructuring: "all" }],
      "prefer-rest-params": "error", "prefer-spread": "error", "require-yield": "error", "strict": "off", "use-isnan": "error", "valid-typeof": "error",
    },
  },
];
