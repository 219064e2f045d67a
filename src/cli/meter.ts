/**
 * `npm run meter`: the virtual meter as a device that any DLMS client can connect to, over TCP or on a
 * terminal. What it offers stands in `meter/README.md` and is printed at the start.
 */
import { randomBytes } from 'node:crypto';
import { type AddressInfo, isIPv6 } from 'node:net';
import { VirtualMeterDevice } from '#lib/link/virtual-meter-device.ts';
import { type Choices, parseChoices, USAGE } from './meter/choices.ts';
import { type Framing, listenTcp, type Surroundings } from './meter/listen.ts';
import { noticeOf } from './meter/notice.ts';
import { openState } from './meter/open-state.ts';
import { answerOnTerminal, lineNotice } from './meter/serve-line.ts';
import { writeState } from './meter/state-file.ts';
import { makeTerminal, openTerminal } from './meter/terminal.ts';

/** Writes the state file before an answer goes out that depends on it. */
function keeper(device: VirtualMeterDevice, path: string | undefined): () => void {
	let kept = -1;
	return () => {
		if (path === undefined || device.changes === kept) return;
		writeState(path, device.state);
		kept = device.changes;
	};
}

async function listen(
	device: VirtualMeterDevice,
	framing: Framing,
	place: { host: string; port: number },
	surroundings: Surroundings,
): Promise<void> {
	const listener = await listenTcp(device, framing, place, surroundings);
	const { address, port } = listener.address() as AddressInfo;
	console.log(`${framing} on ${isIPv6(address) ? `[${address}]` : address}:${port}`);
}

async function main(choices: Choices): Promise<void> {
	const state = await openState(choices, Date.now());
	const device = new VirtualMeterDevice(state, {
		nowMs: () => Date.now(),
		random: (octets) => new Uint8Array(randomBytes(octets)),
	});
	const makeSafe = keeper(device, choices.stateFile);
	makeSafe();
	const failed = (error: unknown): void =>
		console.error(`a connection ended: ${error instanceof Error ? error.message : String(error)}`);
	console.log(`${noticeOf(device.state.meter)}\n`);
	const { host, wrapperPort, hdlcPort, terminal } = choices;
	const surroundings = { makeSafe, failed };
	if (wrapperPort !== undefined)
		await listen(device, 'wrapper', { host, port: wrapperPort }, surroundings);
	if (hdlcPort !== undefined) await listen(device, 'hdlc', { host, port: hdlcPort }, surroundings);
	const { makeTerminal: made } = choices.line;
	const path = terminal ?? made;
	if (path === undefined) return;
	const opened = made === undefined ? openTerminal(path) : await makeTerminal(made);
	console.log(`${lineNotice(choices.line)} on ${path}`);
	await answerOnTerminal(device, opened, choices.line, surroundings);
	console.log(`${path} has gone`);
}

try {
	const choices = parseChoices(process.argv.slice(2));
	if (choices) await main(choices);
	else console.log(USAGE);
} catch (error) {
	console.error(`Tokenline meter: ${error instanceof Error ? error.message : String(error)}`);
	process.exitCode = 1;
}
