/** The payer's yes on the provider's page, without a browser. */
import { eventually } from './eventually.ts';

/** Says yes again and again until somebody hears it, as people do. */
export async function approve(origin: string, paymentId: string): Promise<void> {
	await eventually('the approval is heard', async () => {
		const answer = await fetch(`${origin}/sandbox/pay/${paymentId}?approved`, {
			method: 'POST',
			headers: { origin, 'content-type': 'application/x-www-form-urlencoded' },
			redirect: 'manual',
		});
		return answer.status < 400;
	});
}
