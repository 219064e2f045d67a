/** A public-test meter as a running backend knows it. */
import * as v from 'valibot';
import type { MeterMaking } from '#lib/core/meter/virtual-meter.ts';
import { isKeyType } from '#lib/core/sts/key-type.ts';
import { VirtualMeterProvision } from '#lib/core/sync/wire.ts';

const TIMEOUT_MS = 10_000;

/**
 * How the meter `drn` was made, from `backend` (an origin such as http://localhost:4180).
 * @throws {Error} a sentence: no answer, a refusal, an answer of another shape
 */
export async function fetchMaking(backend: string, drn: string): Promise<MeterMaking> {
	const address = new URL(`/api/v1/virtual-meters/${encodeURIComponent(drn)}`, backend);
	const response = await fetch(address, { signal: AbortSignal.timeout(TIMEOUT_MS) }).catch(() => {
		throw new Error(`no answer from ${address.origin}; is Tokenline running there?`);
	});
	const body: unknown = await response.json().catch(() => undefined);
	if (!response.ok) throw new Error(`${address.origin} refused meter ${drn}: ${codeOf(body)}`);
	const parsed = v.safeParse(VirtualMeterProvision, body);
	if (!parsed.success || !isKeyType(parsed.output.kt))
		throw new Error(`${address.origin} answered in a shape that is not known`);
	const { ea, sgc, krn, kt, ti, ken, baseYear, decoderKeyHex, manufacturedAtMs } = parsed.output;
	return {
		drn: parsed.output.drn,
		ea,
		sgc,
		krn,
		kt,
		ti: Number(ti),
		ken,
		baseDate: baseYear,
		decoderKeyHex,
		manufacturedMs: manufacturedAtMs,
	};
}

function codeOf(body: unknown): string {
	const code = (body as { code?: unknown } | undefined)?.code;
	return typeof code === 'string' ? code : 'without a reason';
}
