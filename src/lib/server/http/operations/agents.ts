/** Endpoints of vendors: floats, deposits, commission, statements. */
import {
	CommissionSettlementAnswer,
	CommissionSettlementRequest,
	DepositAnswer,
	DepositRequest,
	Statement,
	StatementQuery,
	VendorAnswer,
	VendorList,
	VendorQuery,
	VendorRequest,
	VendorStatus,
} from '#lib/core/sync/wire-vendors.ts';
import { rows } from './row.ts';

export const agentOperations = rows({
	putVendor: {
		method: 'PUT',
		path: '/api/v1/vendors/{vendor}',
		summary: 'Makes a vendor, or changes its limit, its commission, or whether it may sell.',
		capability: 'vendor.manage',
		body: VendorRequest,
		answers: { 200: VendorAnswer },
		refusals: ['id-reused'],
	},
	readVendor: {
		method: 'GET',
		path: '/api/v1/vendors/{vendor}',
		summary: 'One vendor, with its float.',
		capability: 'float.read',
		answers: { 200: VendorAnswer },
		refusals: [],
	},
	listVendors: {
		method: 'GET',
		path: '/api/v1/vendors',
		summary: 'The vendors of the utility, a page by id.',
		capability: 'vendor.read',
		query: VendorQuery,
		answers: { 200: VendorList },
		refusals: [],
	},
	readVendorStatus: {
		method: 'GET',
		path: '/api/v1/vendors/current',
		summary:
			'How the asking vendor stands (XMLVend clientStatus): float, what may still be sold, what is held, commission.',
		capability: 'float.read',
		answers: { 200: VendorStatus },
		refusals: ['not-allowed'],
	},
	readStatement: {
		method: 'GET',
		path: '/api/v1/vendors/{vendor}/statements',
		summary:
			'Every movement of a float with the balance after it, from the books, a page at a time.',
		capability: 'float.read',
		query: StatementQuery,
		answers: { 200: Statement },
		refusals: [],
	},
	putDeposit: {
		method: 'PUT',
		path: '/api/v1/deposits/{id}',
		summary: 'A vendor paid in at the bank: the float grows. Once per banking reference.',
		capability: 'float.deposit',
		body: DepositRequest,
		answers: { 200: DepositAnswer },
		refusals: ['id-reused', 'currency-unknown', 'banking-reference-used'],
	},
	settleCommission: {
		method: 'PUT',
		path: '/api/v1/commission-settlements/{id}',
		summary: 'Pays a vendor commission that was earned: into the float, or at the bank.',
		capability: 'vendor.manage',
		body: CommissionSettlementRequest,
		answers: { 200: CommissionSettlementAnswer },
		refusals: ['id-reused', 'currency-unknown', 'commission-exceeded'],
	},
});
