/**
 * The backend of the sync bench, started by `sync-process.ts`: a whole one on a SQLite file, with tills that wait
 * for their devices. It ends when the bench is gone. Arguments: how many tills, how many meters each sells to.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 as uuidV7 } from 'uuid';
import type { Caller } from '#lib/server/access/caller.ts';
import { enrolTerminal } from '#lib/server/access/enrol-terminal.ts';
import { rateVariable } from '#lib/server/access/settings.ts';
import { makeEnrolmentCode } from '#lib/server/access/terminals.ts';
import { json } from '#lib/server/http/endpoint.ts';
import { operation } from '#lib/server/http/operation.ts';
import { isRefusal } from '#lib/server/refusal.ts';
import { handInJournal } from '#lib/server/till/hand-in.ts';
import { putOfflineTerms } from '#lib/server/till/offline-terms.ts';
import { requestVend } from '#lib/server/vend/request-vend.ts';
import { benchDrn } from './bench-meters.ts';
import { benchTill, FIRST_SERIAL, openBenchShop, UTILITY, type BenchShop } from './bench-shop.ts';
import { ASK_USAGE, MOST_QUEUED, type FromBackend, type WaitingTill } from './sync-wire.ts';

const OFFICE: Caller = { utilityId: UTILITY, roles: ['office-manager'], address: 'bench' };
/** What the allowance of a till does is no part of what is measured. */
const UNCOUNTED = { [rateVariable('terminal')]: '9999999/1' };
/** As wide as an office may set them. */
const CAPS = {
	...{ perSaleMinor: 1_000_000, sumMinor: 1_000_000_000_000, count: MOST_QUEUED },
	ageMs: 86_400_000,
};

const [tills = 1, metersEach = 1] = process.argv.slice(2).map(Number);
const folder = mkdtempSync(join(tmpdir(), 'tokenline-bench-sync-'));
const place = join(folder, 'bench.db');
const shop = await openBenchShop(place, tills, tills * metersEach, UNCOUNTED);
const waiting: WaitingTill[] = [];
for (let at = 0; at < tills; at += 1) waiting.push(await prepareTill(shop, at));
const server = createServer((request, response) => {
	void answerTo(request).then(async (answer) => {
		response.writeHead(answer.status, Object.fromEntries(answer.headers));
		response.end(Buffer.from(await answer.arrayBuffer()));
	});
});
server.listen(0, '127.0.0.1', () => {
	const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	tell({ what: 'ready', origin, tills: waiting });
});

let usedBefore = process.cpuUsage();
process.on('message', (asked) => {
	if (asked !== ASK_USAGE) return;
	const { user, system } = process.cpuUsage(usedBefore);
	usedBefore = process.cpuUsage();
	const usage = { cpuMs: (user + system) / 1_000, rssOctets: process.memoryUsage.rss() };
	tell({ what: 'usage', usage });
});
process.once('disconnect', () => {
	server.closeAllConnections();
	server.close();
	void shop.close().finally(() => rmSync(folder, { recursive: true, force: true }));
});

function tell(message: FromBackend): void {
	process.send?.(message);
}

/** Somebody to stand at it, what it may sell without a network, and a code for its device. */
async function prepareTill({ backend }: BenchShop, at: number): Promise<WaitingTill> {
	const { vendorId, terminalId } = benchTill(at);
	const operatorId = uuidV7();
	await backend.database
		.insertInto('operator')
		.values({
			...{ id: operatorId, utility_id: UTILITY, login: operatorId, name: 'Bench' },
			...{ roles: '["agent"]', vendor_id: vendorId, state: 'active' },
		})
		.execute();
	const terms = { queued: CAPS, unkept: CAPS, reserve: null };
	const put = await putOfflineTerms(backend, OFFICE, vendorId, terms);
	if (isRefusal(put)) throw new Error(`no terms: ${put.refusal}`);
	const made = await makeEnrolmentCode(backend, OFFICE, terminalId);
	if (isRefusal(made)) throw new Error(`no code: ${made.refusal}`);
	const first = FIRST_SERIAL + at * metersEach;
	const drns = Array.from({ length: metersEach }, (_, each) => benchDrn(first + each));
	return { enrolmentCode: made.code, operatorId, drns };
}

/** Those routes that the bench asks, each as the app's own has it. */
function endpointOf(method: string, pathname: string) {
	switch (`${method} ${pathname.replace(/\/vends\/.*/, '/vends')}`) {
		case 'POST /api/v1/journal-batches':
			return operation('handInJournal', ({ backend, caller, body }) => {
				const startedMs = performance.now();
				return handInJournal(backend, caller, body, () => performance.now() - startedMs);
			});
		case 'POST /api/v1/terminal-enrolments':
			return operation('enrolTerminal', ({ backend, caller, body }) =>
				enrolTerminal(backend, caller, body),
			);
		case 'PUT /api/v1/vends':
			return operation('requestVend', async ({ backend, caller, params, body }) => {
				const vend = await requestVend(backend, caller, params.id, body);
				return isRefusal(vend) ? vend : json(vend.body, vend.status);
			});
		default:
			return undefined;
	}
}

async function answerTo(incoming: IncomingMessage): Promise<Response> {
	const method = incoming.method ?? 'GET';
	const url = new URL(incoming.url ?? '/', 'http://127.0.0.1');
	const endpoint = endpointOf(method, url.pathname);
	if (!endpoint) return new Response(null, { status: 404 });
	const body = Buffer.concat(await Array.fromAsync(incoming as AsyncIterable<Buffer>));
	const headers = Object.entries(incoming.headers).map(([name, value]): [string, string] => [
		name,
		String(value),
	]);
	return await endpoint({
		request: new Request(url, { method, headers, ...(body.length > 0 && { body }) }),
		url,
		params: method === 'PUT' ? { id: url.pathname.split('/').at(-1) } : {},
		...{ locals: { backend: shop.backend }, getClientAddress: () => '127.0.0.1' },
	});
}
