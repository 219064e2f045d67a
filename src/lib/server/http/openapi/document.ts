/**
 * The API's description (OpenAPI 3.1), made from the same table and the same schemas that the server runs by,
 * so that it cannot say anything else. Good enough to write a client from.
 */
import { CAPABILITIES, ROLES } from '../../access/roles.ts';
import { OPERATIONS } from '../operations.ts';
import type { OperationRow } from '../operations/row.ts';
import { refusalsOf } from './refusals.ts';
import { componentSchemas, schemaOf, type JsonSchema } from './schemas.ts';

const DESCRIPTION = `Prepaid vending: from a payment to the twenty digits of a token.

**Units.** Money is a whole number of minor units of an ISO 4217 currency; energy a whole number of 0.1 kWh; a time a whole number of milliseconds since 1970 (UTC). A token is a string of twenty digits, never a number.

**Once.** Whatever is made is made by PUT under an id that the caller chooses (UUIDv7) and stores before sending. The same id with the same contents gets the same answer, always; the same id with other contents is refused (\`id-reused\`). No answer, 5xx and a time-out mean *unknown*: send the same request again.

**Refusals** are problem documents (RFC 9457, \`application/problem+json\`). \`code\` is stable; \`x-again\` here says for each whether the same request can succeed later.

**Who asks.** A till signs its requests (RFC 9421, ECDSA P-256) with the key it was enrolled with. A person signs in and has a session, by cookie or as a bearer. Anybody else is a guest, who may confirm a meter, try a price and buy.

**Ids of requests.** Every answer carries \`x-request-id\`; name it when you ask about a request.`;

let made: object | undefined;

/** The document; made once. */
export function openApiDocument(): object {
	return (made ??= makeDocument());
}

function makeDocument(): object {
	const paths: Record<string, Record<string, object>> = {};
	for (const [name, row] of Object.entries(OPERATIONS) as [string, OperationRow][])
		(paths[row.path] ??= {})[row.method.toLowerCase()] = operationOf(name, row);
	return {
		openapi: '3.1.0',
		info: { title: 'Tokenline', version: '1', description: DESCRIPTION },
		servers: [{ url: '/' }],
		paths,
		components: { schemas: componentSchemas(), securitySchemes: SECURITY_SCHEMES },
	};
}

const SECURITY_SCHEMES = {
	session: {
		type: 'apiKey',
		in: 'cookie',
		name: '__Host-tokenline-session',
		description:
			'Login session of a browser; over plain HTTP (loopback) the name has no `__Host-` before it. A change must come from a page of this origin.',
	},
	bearer: { type: 'http', scheme: 'bearer', description: 'Login session of a program.' },
	terminal: {
		type: 'apiKey',
		in: 'header',
		name: 'Signature',
		description:
			'An enrolled till: RFC 9421 HTTP message signature (`Signature-Input`, `Signature`; a request with a body also `Content-Digest`, RFC 9530) with its ECDSA P-256 device key.',
	},
};

function operationOf(name: string, row: OperationRow): object {
	const roles: readonly string[] = CAPABILITIES[row.capability];
	return {
		operationId: name,
		summary: row.summary,
		...(row.standalone ? { security: [{}] } : { security: securityOf(roles) }),
		'x-roles': roles.length === ROLES.length ? ['everybody'] : roles,
		parameters: [...pathParameters(row), ...queryParameters(row)],
		...(row.body && {
			requestBody: { required: true, content: json(schemaOf(row.body, 'input')) },
		}),
		responses: together(answersOf(row), problemsOf(row)),
	};
}

/** Any one of these ways; `{}`: none is needed. */
function securityOf(roles: readonly string[]): object[] {
	const ways: object[] = [];
	if (roles.includes('guest')) ways.push({});
	if (roles.some((role) => role !== 'guest' && role !== 'terminal'))
		ways.push({ session: [] }, { bearer: [] });
	if (roles.includes('terminal')) ways.push({ terminal: [] });
	return ways;
}

function pathParameters({ path }: OperationRow): object[] {
	return [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
		name,
		in: 'path',
		required: true,
		schema: name === 'id' ? { $ref: '#/components/schemas/Id' } : { type: 'string' },
	}));
}

function queryParameters({ query }: OperationRow): object[] {
	if (query === undefined) return [];
	const { properties = {}, required = [] } = schemaOf(query, 'input') as {
		properties?: Record<string, JsonSchema>;
		required?: string[];
	};
	return Object.entries(properties).map(([name, schema]) => ({
		name,
		in: 'query',
		required: required.includes(name),
		schema,
	}));
}

const STATUS_WORDS: Readonly<Record<number, string>> = {
	200: 'Done; the answer is final.',
	201: 'Made.',
	202: 'Taken in; not final yet: ask again.',
	204: 'Done; there is nothing to say.',
	303: 'Done; go on there.',
	404: 'There is no such page.',
};

function answersOf({ answers, mediaType }: OperationRow): Responses {
	return Object.fromEntries(
		Object.entries(answers).map(([status, schema]) => [
			status,
			{
				description: STATUS_WORDS[Number(status)] ?? 'Done.',
				headers: REQUEST_ID,
				...(schema && { content: json(schemaOf(schema, 'output')) }),
				...(schema === null && { content: { [mediaType ?? 'text/html']: {} } }),
			},
		]),
	);
}

function problemsOf(row: OperationRow): Responses {
	return Object.fromEntries(
		[...refusalsOf(row)].map(([status, codes]) => [
			String(status),
			{
				description: codes.map(({ code, again }) => `\`${code}\` (again: ${again})`).join(', '),
				headers: REQUEST_ID,
				content: {
					'application/problem+json': {
						schema: {
							allOf: [
								{ $ref: '#/components/schemas/Problem' },
								{ properties: { code: { enum: codes.map(({ code }) => code) } } },
							],
						},
					},
				},
				'x-again': Object.fromEntries(codes.map(({ code, again }) => [code, again])),
			},
		]),
	);
}

type Responses = Record<string, { description: string; content?: object }>;

/** A status may have both: a page for people and a problem for programs. */
function together(answers: Responses, refusals: Responses): Responses {
	const all: Responses = { ...answers };
	for (const [status, refusal] of Object.entries(refusals)) {
		const answer = answers[status];
		all[status] =
			answer === undefined
				? refusal
				: { ...refusal, content: { ...answer.content, ...refusal.content } };
	}
	return all;
}

const REQUEST_ID = {
	'x-request-id': { description: 'Names the request.', schema: { type: 'string' } },
};

const json = (schema: JsonSchema) => ({ 'application/json': { schema } });
