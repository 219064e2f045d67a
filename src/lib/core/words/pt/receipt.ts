/** In Portuguese: see `en/receipt.ts`. */
import type { Words } from '../catalogue.ts';

export const receipt: Words['receipt'] = {
	title: 'Recibo',
	number: 'Recibo n.º',
	vatNumber: 'N.º fiscal',
	terminal: 'Vendido por',
	issued: 'Data e hora',
	customer: 'Cliente',
	meter: 'Contador n.º',
	sgc: 'Grupo de fornecimento (SGC)',
	krn: 'Revisão da chave (KRN)',
	ti: 'Índice de tarifa (TI)',
	ea: 'Cifra (EA)',
	tct: 'Suporte da recarga (TCT)',
	tariff: 'Tarifa',
	tender: 'Valor entregue',
	change: 'Troco',
	units: 'Unidades',
	balanceAfter: (amount) => `ficam ${amount} por pagar`,
	roundingGain: 'Arredondado para cima na recarga',
	token: 'Recarga',
	helpLine: 'Linha de apoio',
};
