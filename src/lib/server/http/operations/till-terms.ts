/** Endpoints of what a till is told of itself, what the office lets it do, and claims. */
import {
	ClaimAnswer,
	ClaimRequest,
	OfflineTermsAnswer,
	OfflineTermsShape,
	TariffPack,
	TillStatus,
} from '#lib/core/sync/wire-till.ts';
import { rows } from './row.ts';

export const tillTermsOperations = rows({
	readTillStatus: {
		method: 'GET',
		path: '/api/v1/terminals/current',
		summary:
			'What a till is told of itself: its float, its terms without a network, the head of its journal.',
		capability: 'terminal.status',
		answers: { 200: TillStatus },
		refusals: ['not-allowed'],
	},
	putOfflineTerms: {
		method: 'PUT',
		path: '/api/v1/vendors/{vendor}/offline-terms',
		summary: 'Sets what a vendor’s tills may do without a network: caps, and sealed tokens.',
		capability: 'offline-terms.set',
		body: OfflineTermsShape,
		answers: { 200: OfflineTermsAnswer },
		refusals: [],
	},
	readOfflineTerms: {
		method: 'GET',
		path: '/api/v1/vendors/{vendor}/offline-terms',
		summary: 'What a vendor’s tills may do without a network, and who said so.',
		capability: 'offline-terms.read',
		answers: { 200: OfflineTermsAnswer },
		refusals: [],
	},
	makeTariffPack: {
		method: 'GET',
		path: '/api/v1/packs/tariff',
		summary:
			'All that prices a sale and counts a drawer without a network: tariffs, caps, notes and coins, people.',
		capability: 'pack.tariff',
		answers: { 200: TariffPack },
		refusals: ['not-allowed'],
		rate: 'pack',
	},
	redeemClaim: {
		method: 'POST',
		path: '/api/v1/claims',
		summary:
			'What has become of a provisional receipt, by its claim code and its meter. A wrong code is answered as one that has not arrived.',
		capability: 'claim.redeem',
		body: ClaimRequest,
		answers: { 200: ClaimAnswer },
		refusals: [
			'meter-number-empty',
			'meter-number-not-digits',
			'meter-number-length',
			'meter-check-digit',
			'claim-code',
		],
		rate: 'claim',
	},
});
