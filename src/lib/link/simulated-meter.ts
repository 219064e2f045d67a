/** A meter on a simulated line with whatever is planted in it: for tests, benches and the page. */
import type { MeterEndpoint } from '#lib/core/dlms/association/meter-endpoint.ts';
import { meterAddress } from '#lib/core/dlms/hdlc/address.ts';
import type { LinkParameters } from '#lib/core/dlms/hdlc/parameters.ts';
import type { MessageLink } from '#lib/core/dlms/message-link.ts';
import { LOGICAL_DEVICE } from '#lib/core/meter/cosem/association-objects.ts';
import { type LineFaultName, plant } from './line-faults.ts';
import { MeterLine } from './meter-line.ts';
import { type MeterManner, STANDARD_MANNER } from './meter-manner.ts';
import { answerOnLine, type LineManner } from './meter-line-responder.ts';
import type { ProbeFault } from './probe-fault.ts';
import { SimulatedLine, type SimulatedLineSettings } from './simulated-line.ts';

/** The physical device in HDLC addresses of two and four octets, unless said otherwise. */
export const USUAL_PHYSICAL = 17;

export interface SimulatedMeterSettings extends Omit<SimulatedLineSettings, 'fault'> {
	/** What the meter is like before anything is planted. */
	readonly manner?: Partial<MeterManner>;
	readonly faults?: readonly LineFaultName[];
	/** What is wrong with the probe, beside those. */
	readonly probe?: ProbeFault;
	readonly parameters?: LinkParameters;
	readonly makeSafe?: LineManner['makeSafe'];
	readonly inStep?: LineManner['inStep'];
}

export interface SimulatedMeter {
	readonly line: SimulatedLine;
	/** Rejects where the meter breaks down; ends with the line. */
	readonly answering: Promise<void>;
}

/** A meter that answers on a simulated line; `endpointOf` makes its end of an HDLC session. */
export function simulateMeter(
	endpointOf: (link: MessageLink) => MeterEndpoint,
	settings: SimulatedMeterSettings,
): SimulatedMeter {
	const { timer, faults = [], parameters, makeSafe, inStep } = settings;
	const planted = plant(faults);
	const manner = { ...STANDARD_MANNER, ...settings.manner, ...planted.manner };
	const { addressLengths, physical = USUAL_PHYSICAL } = planted;
	const fault = { ...planted.probe, ...settings.probe };
	const line = new SimulatedLine({ ...settings, fault });
	const hdlc = {
		own: meterAddress(LOGICAL_DEVICE, physical),
		devices: [LOGICAL_DEVICE],
		...(addressLengths && { addressLengths }),
		...(parameters && { parameters }),
	};
	const { reactionMs } = manner;
	const answering = answerOnLine(line.meterEnd, new MeterLine(manner, hdlc, endpointOf), timer, {
		reactionMs,
		...(makeSafe && { makeSafe }),
		...(inStep && { inStep }),
	});
	return { line, answering };
}
