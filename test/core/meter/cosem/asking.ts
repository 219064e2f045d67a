/** Asking a meter value as a DLMS client would, without the wire. */
import type { Data } from '#lib/core/dlms/axdr/data-type.ts';
import type { Selection } from '#lib/core/dlms/apdu/target.ts';
import { obis } from '#lib/core/dlms/cosem/obis.ts';
import { invokeMethod, readAttribute, writeAttribute } from '#lib/core/meter/cosem/answer.ts';
import { clientSetupOf, type ClientSetup } from '#lib/core/meter/cosem/client-setups.ts';
import { advanceCosemMeter, type CosemMeter } from '#lib/core/meter/cosem/cosem-meter.ts';

export const MANAGEMENT = clientSetupOf(1) as ClientSetup;
export const READING = clientSetupOf(17) as ClientSetup;
export const PUBLIC = clientSetupOf(16) as ClientSetup;
export const CONSUMER = clientSetupOf(48) as ClientSetup;

/** A client at an instant; the meter is brought there with each question. */
export class Asker {
	meter: CosemMeter;
	instantMs: number;
	readonly #asking: ClientSetup;

	constructor(meter: CosemMeter, instantMs: number, asking = MANAGEMENT) {
		this.meter = meter;
		this.instantMs = instantMs;
		this.#asking = asking;
	}

	question() {
		this.meter = advanceCosemMeter(this.meter, this.instantMs);
		const { meter, instantMs } = this;
		return { meter, instantMs, asking: this.#asking, highestCounter: 0 };
	}

	/** What reading gives: the data, or the name of the refusal. */
	get(classId: number, name: string, attribute: number, selection?: Selection): Data | string {
		const target = { classId, logicalName: obis(name), attribute, ...(selection && { selection }) };
		const outcome = readAttribute(this.question(), target);
		return 'refused' in outcome ? outcome.refused : outcome.data;
	}

	/** The plain value that reading gives, or the name of the refusal. */
	value(classId: number, name: string, attribute: number): unknown {
		const data = this.get(classId, name, attribute);
		if (typeof data === 'string') return data;
		return 'value' in data ? data.value : undefined;
	}

	/** The name of the refusal, or "success". */
	set(classId: number, name: string, attribute: number, data: Data): string {
		const target = { classId, logicalName: obis(name), attribute };
		const written = writeAttribute(this.question(), target, data);
		if ('refused' in written) return written.refused;
		this.meter = written.meter;
		return 'success';
	}

	/** The name of the result, and what came back. */
	call(classId: number, name: string, method: number, parameter?: Data) {
		const target = { classId, logicalName: obis(name), method };
		const invoked = invokeMethod(this.question(), target, parameter);
		if (invoked.meter) this.meter = invoked.meter;
		return 'refused' in invoked
			? { result: invoked.refused, returned: undefined }
			: { result: 'success', returned: invoked.returned };
	}
}
