/** A virtual meter behind an optical port that opens in mode E, deaf to whatever comes at another rate. */
import { concatBytes } from '#lib/core/bytes/writer.ts';
import type { MeterEndpoint } from '#lib/core/dlms/association/meter-endpoint.ts';
import { MeterOpening } from '#lib/core/dlms/opening/meter-opening.ts';
import type { LineSettings } from '#lib/link/line.ts';
import type { Transport } from '#lib/link/transport.ts';
import type { CutBench } from './cut-line.ts';
import { meterLink } from './meter-on-stream.ts';

export interface ModeEWays {
	/** What it tells; HDLC at 9600 baud where absent. */
	readonly identification?: string;
	/** Goes back to 300 baud when the link ends. */
	readonly fallsBack?: boolean;
	/** Hears a second client only after the link of the first has ended. */
	readonly oneLink?: boolean;
}

const DISC = 0x53;
const SNRM = 0x93;

/** Who answers on such a port. */
export function modeEMeter(
	bench: CutBench,
	{ identification = 'TKL5\\2TOKENLINE', fallsBack = false, oneLink = false }: ModeEWays = {},
): (transport: Transport) => Promise<void> {
	let rate: Pick<LineSettings, 'baud' | 'dataBits'> = { baud: 300, dataBits: 7 };
	let opening = new MeterOpening({ identification });
	let endpoint: MeterEndpoint | undefined;
	let linked = false;
	// What it was in the middle of is not forgotten when somebody pulls the cable.
	return async (transport) => {
		const hears = (): boolean => {
			const line = bench.settings.at(-1);
			return line?.baud === rate.baud && line.dataBits === rate.dataBits;
		};
		for (;;) {
			const octets = await transport.receive();
			if (!octets) return;
			if (!hears()) continue;
			if (!endpoint) {
				const [ready] = opening.receive(octets, bench.timer.nowMs());
				for (const output of opening.takeOutput()) {
					if (output.kind === 'port') rate = output;
					else if (rate.baud === 300) await transport.send(output.octets);
					// The confirmation comes when the client has changed its rate too; many send none.
				}
				if (ready) endpoint = bench.device.endpoint(meterLink('hdlc'));
				continue;
			}
			const second = oneLink && linked && octets.indexOf(SNRM) === 5;
			if (second) continue;
			for (const { kind } of endpoint.receive(octets, bench.timer.nowMs()))
				if (kind !== 'served') linked = kind === 'connected';
			const output = endpoint.takeOutput();
			if (output.length > 0) await transport.send(concatBytes(...output));
			if (fallsBack && octets.indexOf(DISC) >= 0 && !linked) {
				rate = { baud: 300, dataBits: 7 };
				opening = new MeterOpening({ identification });
				endpoint = undefined;
			}
		}
	};
}
