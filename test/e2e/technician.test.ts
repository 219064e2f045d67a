/**
 * The technician's job in a real browser with its own Web Serial, on a pty whose other end is `npm run meter`:
 * a token that was sold a moment ago is handed to a meter in a cellar, and the proof arrives at the office.
 */
import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { technicianEn as words } from '#lib/core/words/technician.ts';
import { readState } from '../../src/cli/meter/state-file.ts';
import { MeterProcess } from '../../src/cli/bench/meter-process.ts';
import { findSerialTools, NO_SERIAL_TOOLS } from '../../src/cli/serial-tools.mjs';
import { Backend } from '../harness/backend.ts';
import { PulledCable, type PullAt } from '../harness/pulled-cable.ts';
import { FakeSerialPorts } from '../harness/serial-port.ts';
import { Phone, untilInstalled } from './harness/browser.ts';
import { KITCHEN, WORKSHOP } from './harness/estate.ts';
import { eventually } from './harness/eventually.ts';
import { OfficeDesk, sellCredit, type SoldCredit } from './harness/office-desk.ts';
import {
	connectBy,
	fetchJobs,
	glanceRead,
	goToMeter,
	phases,
	signIn,
	verdicts,
} from './harness/technician.ts';

const there = findSerialTools();
const LAPTOP = { width: 1366, height: 768 };
const PROBE = /FT232R/;

/** Around six times `enter`. */
const PULLS: readonly PullAt[] = [
	{ frame: 'enter', share: 0 },
	{ frame: 'enter', share: 0.5 },
	{ frame: 'enter', share: 1 },
	{ frame: 'answer', share: 0.5 },
	{ frame: 'answer', share: 1 },
	{ frame: 'next-request', share: 0.5 },
];

let backend: Backend;
let ports: FakeSerialPorts;
let browser: Phone;
let clerk: OfficeDesk;
let manager: OfficeDesk;
let page: Page;
let meter: MeterProcess | undefined;
let credit: SoldCredit;
const queue: string[] = [];

beforeAll(async () => {
	if (!there) return;
	backend = await Backend.prepared();
	const { origin } = backend;
	[clerk, manager] = [await OfficeDesk.of(origin, 'clerk'), await OfficeDesk.of(origin, 'manager')];
	credit = await sellCredit(origin, WORKSHOP);
	while (queue.length < PULLS.length) queue.push((await sellCredit(origin, KITCHEN)).vendId);
	await clerk.makeJob(KITCHEN, queue);
	ports = new FakeSerialPorts();
	browser = await Phone.start({
		env: ports.env,
		viewport: LAPTOP,
		prepare: (profile) => ports.grant(profile, origin),
	});
	page = await browser.tab();
	await signIn(page, origin);
	await untilInstalled(page);
	await fetchJobs(page, origin);
	// The screens that the cellar needs are here.
	await page.getByText(words.technician.jobs.kept).waitFor({ timeout: 60_000 });
});

afterAll(async () => {
	await browser?.dispose();
	await meter?.stop();
	ports?.dispose();
	await backend?.dispose();
});

/** `npm run meter` as a meter of the estate without credit, signed on at 300 baud. */
const startMeter = (path: string, drn: string, more: readonly string[] = []) =>
	MeterProcess.start(path, [
		...['--drn', drn, '--backend', backend.origin, '--opening', 'mode-e', ...more],
	]);

/** What the journal says at the office of tokens handed to a meter, the newest first. */
const proofs = async (drn: string) =>
	(await manager.deliveries(drn)).filter((entry) => entry.kind === 'token-delivery');

const button = (name: string) => page.getByRole('button', { name, exact: true });
const link = (path: string) => page.locator(`a[href="${path}"]`).first();

describe.skipIf(!there)(`a technician at a meter${there ? '' : `: ${NO_SERIAL_TOOLS}`}`, () => {
	it('delivers a token in a cellar, and the office has the proof', async () => {
		meter = await startMeter(join(ports.folder, 'ttyUSB0'), WORKSHOP, ['--heed-baud']);
		await goToMeter(page, WORKSHOP);
		await connectBy(page, PROBE);
		const forms = ports.log().filter((line) => line.startsWith('termios'));
		expect(forms[0]).toBe('termios 300 7E1');
		expect(forms.at(-1)).toBe('termios 9600 8N1');
		await glanceRead(page);
		await page.getByText(words.glance.relay.reasons['no-credit']).first().waitFor();

		await browser.setOffline(true);
		await link('/technician/tokens').click();
		await page.getByRole('button', { name: words.technicianTokens.deliver('1') }).click();
		expect(await verdicts(page, 1)).toEqual(['accepted']);
		await page.getByText(words.technicianTokens.list.proven).waitFor();
		expect(await proofs(WORKSHOP)).toEqual([]);

		await browser.setOffline(false);
		await eventually('the proof is at the office', async () => {
			return (await proofs(WORKSHOP)).length > 0;
		});
		expect(await proofs(WORKSHOP)).toMatchObject([
			{
				findings: [],
				content: {
					...{ vendId: credit.vendId, verdict: 'accepted', readBack: false, position: 1 },
					before: { relay: 'disconnected' },
					after: { relay: 'connected' },
				},
			},
		]);
		// What is shown of the meter is what it says after that.
		await page.getByText(words.glance.relay.standings.closed).first().waitFor();
		const { vends } = await clerk.get<{ vends: { id: string; field: unknown }[] }>(
			`meters/${WORKSHOP}/vends`,
		);
		expect(vends.find(({ id }) => id === credit.vendId)?.field).toMatchObject({ delivered: 1 });
		expect(browser.errors).toEqual([]);
		await meter.stop();
		// Whoever made its terminal takes the link away a moment later, whatever it leads to by then.
		const terminal = join(ports.folder, 'ttyUSB0');
		await eventually('it is gone', () => !lstatSync(terminal, { throwIfNoEntry: false }));
	});

	it('pulls the cable around six tokens: each goes in once, and its verdict is true', async () => {
		const [meterPath, state] = [join(ports.folder, 'meter'), join(ports.folder, 'meter.json')];
		meter = await startMeter(meterPath, KITCHEN, ['--state', state]);
		const cable = new PulledCable(join(ports.folder, 'ttyUSB0'), meterPath);
		await cable.plugIn();
		await link('/technician/jobs').click();
		await goToMeter(page, KITCHEN);
		await connectBy(page, PROBE);
		await link('/technician/tokens').click();
		const pulling = pullEach(cable);
		await button(words.technicianTokens.deliver(String(PULLS.length))).click();
		await eventually('every token is delivered', goneOn, 120_000);
		await pulling;
		expect(await verdicts(page, PULLS.length)).toEqual(PULLS.map(() => 'accepted'));
		const { meter: kept } = readState(state) ?? {};
		expect(kept?.entries.map(({ result }) => result)).toEqual(PULLS.map(() => 'Accept'));
		await eventually('the last proof of each token says accepted', async () => {
			const last = new Map<string | null, string>();
			for (const { content, findings } of (await proofs(KITCHEN)).toReversed()) {
				expect(findings).toEqual([]);
				last.set(content.vendId, content.verdict);
			}
			return last.size === PULLS.length && [...last.values()].every((each) => each === 'accepted');
		});
		await cable.dispose();
		expect(browser.errors).toEqual([]);
	});
});

/** Pulls the cable at every moment that is wanted, and plugs it in again at once. */
async function pullEach(cable: PulledCable): Promise<void> {
	const [first, ...rest] = PULLS as [PullAt, ...PullAt[]];
	let pulled = cable.pullAt(first);
	for (const next of [...rest, undefined]) {
		await pulled;
		// Before the page can go on.
		if (next) pulled = cable.pullAt(next);
		await cable.plugIn();
	}
}

/** Presses whatever a person presses after a pulled cable. Answers whether every token is delivered. */
async function goneOn(): Promise<boolean> {
	for (const name of [words.technicianMeter.over.reconnect, words.technicianTokens.goOn]) {
		const pressed = button(name).first();
		if (await pressed.isVisible()) await pressed.click({ timeout: 1000 }).catch(() => undefined);
	}
	const rows = await phases(page);
	return rows.length === PULLS.length && rows.every((phase) => phase === 'accepted');
}
