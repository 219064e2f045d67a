/** Whether an answer over HTTP is one that the API's description promises: status, media type and shape. */
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { openApiDocument } from '#lib/server/http/openapi/document.ts';

interface Described {
	readonly responses: Readonly<Record<string, { content?: Record<string, { schema?: object }> }>>;
}
interface Document {
	readonly paths: Readonly<Record<string, Readonly<Record<string, Described>>>>;
	readonly components: { readonly schemas: Readonly<Record<string, object>> };
}

const document = closed(JSON.parse(JSON.stringify(openApiDocument()))) as Document;
const ajv = new Ajv2020({ strict: false, allErrors: true });
for (const [name, schema] of Object.entries(document.components.schemas))
	ajv.addSchema(schema, `#/components/schemas/${name}`);
const compiled = new Map<object, ValidateFunction>();

const matchers = Object.keys(document.paths).map((path) => ({
	path,
	// A path without parameters is more exact than one with.
	parameters: path.split('{').length - 1,
	pattern: new RegExp(`^${path.replace(/[.]/g, '\\.').replace(/\{\w+\}/g, '[^/]+')}$`),
}));
matchers.sort((one, other) => one.parameters - other.parameters);

/**
 * What is wrong with the answer, in words; undefined when it is as described. An address of the API that is
 * not described may answer 404 or 405 only; pages of the app are nobody's promise.
 */
export function notAsDescribed(
	method: string,
	path: string,
	answer: { status: number; type: string | null; json: unknown },
): string | undefined {
	const pathname = path.split('?')[0] ?? path;
	const where = matchers.find(({ pattern }) => pattern.test(pathname));
	// Another standard says what is in the description itself.
	if (where?.path === '/openapi.json') return undefined;
	const operation = where && document.paths[where.path]?.[method.toLowerCase()];
	if (operation === undefined)
		return pathname.startsWith('/api/') && ![404, 405].includes(answer.status)
			? `${answer.status} of an operation that is not described`
			: undefined;
	const content = operation.responses[String(answer.status)]?.content;
	if (operation.responses[String(answer.status)] === undefined)
		return `status ${answer.status} is not described: ${JSON.stringify(answer.json)}`;
	const mediaType = answer.type?.split(';')[0];
	if (content === undefined || mediaType === undefined) return undefined;
	const described = content[mediaType];
	if (described === undefined) return `${mediaType} is not described for ${answer.status}`;
	return described.schema && complaintOf(described.schema, answer.json);
}

function complaintOf(schema: object, json: unknown): string | undefined {
	let validate = compiled.get(schema);
	if (validate === undefined) compiled.set(schema, (validate = ajv.compile(schema)));
	return validate(json) ? undefined : ajv.errorsText(validate.errors);
}

/**
 * The same document without room for more than it says: a client must live with members it does not know,
 * but an answer that has some is not fully described.
 */
function closed(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(closed);
	if (typeof value !== 'object' || value === null) return value;
	const members = Object.fromEntries(
		Object.entries(value).map(([name, member]) => [name, closed(member)]),
	);
	const isShape = members.type === 'object' && 'properties' in members;
	return isShape && !('additionalProperties' in members)
		? { ...members, additionalProperties: false }
		: members;
}
