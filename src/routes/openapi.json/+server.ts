import { openApiDocument } from '#lib/server/http/openapi/document.ts';
import { operation } from '#lib/server/http/operation.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = operation('readOpenApi', () =>
	Promise.resolve(openApiDocument()),
);
