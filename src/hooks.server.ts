/** Starts and ends the backend with the server, and stands around every request. */
import { building } from '$app/environment';
import type { Handle, HandleServerError, RequestEvent, ServerInit } from '@sveltejs/kit';
import { type FirstFiles, firstFilesOf, headLinks } from '#lib/core/sync/first-files.ts';
import { startBackend, type RunningBackend } from '#lib/server/backend.ts';
import { readSettings } from '#lib/server/environment.ts';
import { readFirstFiles } from '#lib/server/http/first-files.ts';
import { stopGracefully } from '#lib/server/stop.ts';
import { problemResponse } from '#lib/server/http/problem.ts';
import { describeError } from '#lib/server/log.ts';

let running: RunningBackend | undefined;
let firstFiles: FirstFiles | undefined;

export const init: ServerInit = async () => {
	if (building) return;
	const settings = readSettings(process.env, process.cwd());
	firstFiles = readFirstFiles(settings.root);
	const backend = await startBackend(settings);
	running = backend;
	stopGracefully(backend, settings.drainMs);
};

/** Beside the content security policy, which is the pages' own. */
const SECURITY_HEADERS = {
	'x-content-type-options': 'nosniff',
	'referrer-policy': 'same-origin',
	'cross-origin-opener-policy': 'same-origin',
	'permissions-policy':
		'serial=(self), usb=(self), camera=(self), geolocation=(), microphone=(), payment=()',
};

/** Methods that a route of the API may have; `Allow` names those that answered. */
const METHODS = ['GET', 'PUT', 'POST', 'DELETE'];

export const handle: Handle = async ({ event, resolve }) => {
	if (running) event.locals.backend = running;
	const isApi = event.url.pathname.startsWith('/api/');
	const response =
		isApi && event.route.id === null
			? problemResponse({ refusal: 'not-found' })
			: explainMethod(isApi, await resolve(event, { transformPageChunk: withFirstFiles(event) }));
	for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.headers.set(name, value);
	if (response.headers.get('content-type')?.startsWith('text/html'))
		response.headers.append('vary', DOCUMENT_VARIES);
	return response;
};

/** Headers that decide what a document names. */
const DOCUMENT_VARIES = 'accept-language, sec-fetch-dest';

/**
 * Names in a document's head what its route needs at once. Only for a person who opens it: the shell that a service
 * worker keeps stands for every route.
 */
function withFirstFiles({ request, route }: RequestEvent) {
	const isOpened = request.headers.get('sec-fetch-dest') === 'document';
	const files =
		firstFiles && isOpened && route.id !== null
			? firstFilesOf(firstFiles, route.id, request.headers.get('accept-language'))
			: [];
	return ({ html }: { html: string }): string => {
		// Some of it the framework names by itself.
		const links = headLinks(files.filter((name) => !html.includes(`"/${name}"`)));
		return links === '' ? html : html.replace('</head>', () => `${links}</head>`);
	};
}

/** The framework answers a method that a route does not have with plain text; callers expect a problem. */
function explainMethod(isApi: boolean, response: Response): Response {
	if (!isApi || response.status !== 405) return response;
	const allow = response.headers.get('allow') ?? METHODS.join(', ');
	return problemResponse({ refusal: 'method-not-allowed' }, { allow });
}

export const handleError: HandleServerError = ({ error, status }) => {
	if (status !== 404) running?.log('error', 'page-failed', { status, ...describeError(error) });
	return { message: status === 404 ? 'Not found' : 'Something went wrong here' };
};
