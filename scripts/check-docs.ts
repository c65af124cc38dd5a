/**
 * `npm run check`: what the `index.ts` files of models/ and the renderer's client export is documented. Each
 * export and each method says in a sentence what it is. What a type cannot tell (shape, range, unit, errors) is in tags:
 * `@param` for numbers, texts and arrays of numbers, `@returns` for such results, `@throws` where the function itself throws.
 */
import { globSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const doors = [
  ...globSync('models/**/index.ts', { cwd: root, exclude: ['**/assembly/**'] }),
  'protocol/renderer-api/client/index.ts',
];

/** Types that say nothing of shape, range or unit. */
const BARE = /^(Promise<)?(readonly )?\(?(number|string|Float32Array|Float64Array|Uint8Array)\b/;

const program = ts.createProgram(
  doors.map((door) => join(root, door)),
  { ...readOptions(), noEmit: true, skipLibCheck: true },
);
const checker = program.getTypeChecker();

function readOptions(): ts.CompilerOptions {
  const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile);
  return ts.parseJsonConfigFileContent(config, ts.sys, root).options;
}

/** What is wrong with the documentation of an exported symbol, one line each. */
function faultsOf(symbol: ts.Symbol): string[] {
  const declaration = symbol.declarations?.[0];
  if (!declaration || !isOwn(declaration)) return [];
  const faults =
    isDescribed(symbol) || isInGroup(declaration)
      ? []
      : [fault(declaration, `${symbol.name} has no docblock.`)];
  const type = checker.getTypeOfSymbolAtLocation(symbol, declaration);
  if (ts.isClassDeclaration(declaration)) return [...faults, ...declaration.members.flatMap(faultsOfMember)];
  const [signature] = ts.isInterfaceDeclaration(declaration) ? [] : type.getCallSignatures();
  return signature ? [...faults, ...faultsOfCall(symbol, signature)] : faults;
}

function faultsOfMember(member: ts.ClassElement): string[] {
  const symbol = member.name && checker.getSymbolAtLocation(member.name);
  const isPublic =
    !ts.isPrivateIdentifier(member.name ?? member) &&
    !(ts.getCombinedModifierFlags(member) & (ts.ModifierFlags.Private | ts.ModifierFlags.Protected));
  if (!symbol || !isPublic || !ts.isMethodDeclaration(member)) return [];
  return isDescribed(symbol) ? [] : [fault(member, `${symbol.name}() has no docblock.`)];
}

function faultsOfCall(symbol: ts.Symbol, signature: ts.Signature): string[] {
  const { declaration } = signature;
  if (!declaration) return [];
  const tags = symbol.getJsDocTags(checker);
  const has = (name: string) => tags.some((tag) => tag.name === name);
  const named = new Set(
    tags
      .filter(({ name }) => name === 'param')
      .map(({ text }) => text?.find(({ kind }) => kind === 'parameterName')?.text),
  );
  const missing = signature.parameters
    .filter((parameter) => isBare(checker.getTypeOfSymbol(parameter)) && !named.has(parameter.name))
    .map(({ name }) => `@param ${name}`);
  if (isBare(signature.getReturnType()) && !has('returns')) missing.push('@returns');
  if (throwsItself(declaration) && !has('throws')) missing.push('@throws');
  return missing.map((what) => fault(declaration, `${symbol.name}() lacks ${what}.`));
}

const isBare = (type: ts.Type): boolean => BARE.test(checker.typeToString(type));

const isDescribed = (symbol: ts.Symbol): boolean =>
  symbol.getDocumentationComment(checker).length > 0 || symbol.getJsDocTags(checker).length > 0;

/** Constants in rows without a blank line between share the docblock of the first. */
function isInGroup(declaration: ts.Node): boolean {
  if (!ts.isVariableDeclaration(declaration)) return false;
  const statement = declaration.parent.parent;
  if (!ts.isVariableStatement(statement) || !ts.isSourceFile(statement.parent)) return false;
  const { text, statements } = statement.parent;
  for (let i = statements.indexOf(statement); i > 0; i--) {
    if (ts.getJSDocCommentsAndTags(statements[i]).length > 0) return true;
    const between = text.slice(statements[i - 1].end, statements[i].getStart());
    if (!ts.isVariableStatement(statements[i - 1]) || between.includes('\n\n')) return false;
  }
  return ts.getJSDocCommentsAndTags(statements[0]).length > 0;
}

/** Whether a `throw` stands in the function, not in one within it. */
function throwsItself(declaration: ts.Node): boolean {
  const search = (node: ts.Node): boolean =>
    ts.isThrowStatement(node) || (!ts.isFunctionLike(node) && (ts.forEachChild(node, search) ?? false));
  const body = (declaration as ts.FunctionLikeDeclaration).body;
  return body !== undefined && search(body);
}

const isOwn = (node: ts.Node): boolean => !node.getSourceFile().fileName.includes('/node_modules/');

function fault(node: ts.Node, message: string): string {
  const file = node.getSourceFile();
  const { line } = file.getLineAndCharacterOfPosition(node.getStart());
  return `${relative(root, file.fileName)}:${line + 1}: ${message}`;
}

const faults = doors.flatMap((door) => {
  const file = program.getSourceFile(join(root, door));
  const exported = file && checker.getSymbolAtLocation(file);
  return (exported ? checker.getExportsOfModule(exported) : []).flatMap((symbol) =>
    faultsOf(symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol),
  );
});
if (faults.length > 0) {
  for (const line of [...new Set(faults)].sort()) console.error(line);
  process.exit(1);
}
