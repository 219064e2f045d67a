/** The papers of a meter of the public-test estate as the key of a run. No other key gets here. */
import type { TestKey } from '#lib/core/field/gateway-bench/test-key.ts';
import { ENCRYPTION_ALGORITHMS } from '#lib/core/sts/algorithms.ts';
import { isKeyType } from '#lib/core/sts/key-type.ts';
import type { VirtualMeterProvision } from '#lib/core/sync/wire.ts';

/** What is known of a meter's papers. */
export type Papers =
	| { readonly kind: 'looking' | 'none' | 'no-answer' }
	| { readonly kind: 'test'; readonly key: TestKey };

/** The key that papers tell; undefined where they do not describe one. */
export function testKeyOf(papers: VirtualMeterProvision): TestKey | undefined {
	const { ea, sgc, krn, kt, ken, baseYear, decoderKeyHex } = papers;
	const ti = Number(papers.ti);
	const fits = decoderKeyHex.length === ENCRYPTION_ALGORITHMS[ea].keyOctets * 2;
	if (!isKeyType(kt) || !fits || !Number.isInteger(ti)) return undefined;
	return { ea, sgc, krn, ti, kt, ken, baseDate: baseYear, decoderKeyHex };
}
