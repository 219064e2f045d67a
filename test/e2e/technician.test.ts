/**
 * The technician's job in a real browser with its own Web Serial, on a pty whose other end is `npm run meter`:
 * a token that was sold a moment ago is handed to a meter in a cellar, and the proof arrives at the office.
 */
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { technicianEn as words } from '#lib/core/words/technician.ts';
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
	connected,
	fetchJobs,
	glanceRead,
	goToMeter,
	signIn,
	unlock,
	verdicts,
} from './harness/technician.ts';

const there = findSerialTools();
const LAPTOP = { width: 1366, height: 768 };
const PROBE = /FT232R/;

/** Around `enter`, in each of six deliveries one. */
const PULLS: readonly PullAt[] = [
	{ way: 'out', frame: 0, share: 1 },
	{ way: 'in', frame: 1, share: 0.5 },
	{ way: 'out', frame: 2, share: 0.5 },
	{ way: 'in', frame: 3, share: 0 },
	{ way: 'in', frame: 4, share: 1 },
	{ way: 'out', frame: 5, share: 1 },
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
	for (const _ of PULLS) queue.push((await sellCredit(origin, KITCHEN)).vendId);
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
});

afterAll(async () => {
	await page?.screenshot({ path: '/tmp/shots/last.png' }); // SCRATCH

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

const proofs = async (drn: string) =>
	(await manager.deliveries(drn)).filter(({ kind }) => kind === 'token-delivery');

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
				content: { vendId: credit.vendId, verdict: 'accepted', readBack: false, position: 1 },
			},
		]);
		const { vends } = await clerk.get<{ vends: { id: string; field: unknown }[] }>(
			`meters/${WORKSHOP}/vends`,
		);
		expect(vends.find(({ id }) => id === credit.vendId)?.field).toMatchObject({ delivered: 1 });
		expect(browser.errors).toEqual([]);
		await meter.stop();
	});
});
