/** In Portuguese: see `en/waterfall.ts`. */
import type { Words } from '../catalogue.ts';

export const waterfall: Words['waterfall'] = {
	title: 'O que o dinheiro compra',
	tendered: 'Paga',
	energy: 'Recebe',
	lines: {
		'service-fee': {
			name: () => 'Taxa de serviço',
			why: () => 'O que custa vender uma recarga. Cobrada uma vez em cada compra.',
		},
		arrears: {
			name: () => 'Dívida',
			why: ({ balanceAfter }) =>
				`Devido à empresa de eletricidade desde antes. Uma parte de cada compra vai para ela; depois ficam ${balanceAfter} por pagar.`,
		},
		vat: {
			name: ({ rate }) => `IVA ${rate}`,
			why: () => 'Imposto sobre o que vem abaixo. A empresa entrega-o ao Estado.',
		},
		'fixed-charge': {
			name: () => 'Taxa mensal',
			why: () => 'Pela ligação. Cobrada na primeira compra de cada mês, depois não.',
		},
		'brought-forward': {
			name: () => 'Da última vez',
			why: () => 'Pouco demais para 0,1 kWh na última compra para este contador. Compra agora.',
		},
		'energy-block': {
			name: ({ energy, price }) => `${energy} a ${price}`,
			why: ({ block, price }) =>
				`Escalão ${block} da tarifa: ${price} por cada kWh, sem IVA. Os escalões recomeçam todos os meses.`,
		},
		'left-over': {
			name: () => 'Sobra',
			why: () => 'Pouco demais para mais 0,1 kWh. Fica na conta e compra da próxima vez.',
		},
	},
	estimate: 'Estimativa',
	estimateWhy: (ago) =>
		`Pelos preços conhecidos aqui ${ago}. O serviço volta a dizê-lo antes de pagar; se fosse receber menos, pergunta-lhe primeiro.`,
	empty: 'Escolha um valor para ver cada passo, do dinheiro à eletricidade.',
};
