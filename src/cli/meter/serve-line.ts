/** The virtual meter on a terminal, as it would be on an optical port: opening, rate, pace and faults. */
import { meterAddress } from '#lib/core/dlms/hdlc/address.ts';
import { LOGICAL_DEVICE } from '#lib/core/meter/cosem/association-objects.ts';
import { faultyLine } from '#lib/link/faulty-line.ts';
import type { Line } from '#lib/link/line.ts';
import { plant } from '#lib/link/line-faults.ts';
import { MeterLine } from '#lib/link/meter-line.ts';
import { type MeterManner, STANDARD_MANNER } from '#lib/link/meter-manner.ts';
import { answerOnLine } from '#lib/link/meter-line-responder.ts';
import { heedingLine, pacedLine, plainLine } from '#lib/link/plain-line.ts';
import type { ProbeFault } from '#lib/link/probe-fault.ts';
import { seededChance } from '#lib/link/seeded-chance.ts';
import type { VirtualMeterDevice } from '#lib/link/virtual-meter-device.ts';
import type { LineChoices } from './line-choices.ts';
import { HDLC_PARAMETERS, PHYSICAL_DEVICE, type Surroundings } from './listen.ts';
import { NODE_TIMER } from './node-timer.ts';
import type { Terminal } from './terminal.ts';

/** The terminal as a line, from its near end outwards: probe, rate, time. */
function lineOn(terminal: Terminal, choices: LineChoices, probe: ProbeFault | undefined): Line {
	const { pace, heedBaud, seed } = choices;
	let line = plainLine(terminal.transport);
	if (probe) line = faultyLine(line, probe, NODE_TIMER, seededChance(seed));
	if (heedBaud) line = heedingLine(line, terminal.peerBaud);
	return pace ? pacedLine(line, NODE_TIMER) : line;
}

/** How the meter behaves on its line, with whatever is planted. */
function mannerOf(
	{ opening, baud, reactionMs }: LineChoices,
	planted: Partial<MeterManner>,
): MeterManner {
	return { ...STANDARD_MANNER, opening, baud, ...planted, reactionMs };
}

/** What is told at the start: `mode E, 300 to 9600 baud, paced, with slow`. */
export function lineNotice(choices: LineChoices): string {
	const { pace, reactionMs, faults } = choices;
	const { opening, baud } = mannerOf(choices, plant(faults).manner ?? {});
	return [
		opening === 'mode-e' ? `mode E, 300 to ${baud} baud` : `hdlc at ${baud} baud`,
		...(pace ? ['paced'] : []),
		...(reactionMs > 0 ? [`answers after ${reactionMs} ms`] : []),
		...(faults.length > 0 ? [`with ${faults.join(', ')}`] : []),
	].join(', ');
}

/** Answers on a terminal until the line has gone. Rejects where `makeSafe` does. */
export async function answerOnTerminal(
	device: VirtualMeterDevice,
	terminal: Terminal,
	choices: LineChoices,
	{ makeSafe }: Surroundings,
): Promise<void> {
	const { probe, manner = {}, addressLengths, physical = PHYSICAL_DEVICE } = plant(choices.faults);
	const hdlc = {
		own: meterAddress(LOGICAL_DEVICE, physical),
		devices: [LOGICAL_DEVICE],
		parameters: HDLC_PARAMETERS,
		...(addressLengths && { addressLengths }),
	};
	const meter = new MeterLine(mannerOf(choices, manner), hdlc, (link) => device.endpoint(link));
	const line = lineOn(terminal, choices, probe);
	const { reactionMs } = choices;
	await answerOnLine(line, meter, NODE_TIMER, { reactionMs, makeSafe });
	await line.close();
}
