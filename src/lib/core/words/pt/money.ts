/** In Portuguese: see `en/money.ts`. */
import type { Words } from '../catalogue.ts';

export const money: Words['money'] = {
	title: 'Onde está o meu dinheiro?',
	withYou: 'Consigo. Nada foi pago.',
	undecided:
		'Consigo até aprovar, depois com a operadora de pagamento até ela dar a resposta final. Se for não, fica com o dinheiro.',
	until: (time) => `A página de pagamento está aberta até às ${time}.`,
	held: 'Com a empresa, guardado para esta compra. Se não for possível fazer a recarga, volta para si.',
	late: (amount) =>
		`${amount} chegaram depois de esta compra ter acabado, tarde demais para uma recarga.`,
	other: (amount) =>
		`${amount} foram pagos. Não é o que foi pedido, por isso não foi feita nenhuma recarga.`,
	again: (amount) =>
		`${amount} foram pagos uma vez a mais. A sua recarga está paga e continua válida.`,
	owed: (amount) =>
		`${amount} são-lhe devidos. A empresa devolve-os; não precisa de fazer nada. Esta página diz quando estiver feito.`,
	atTill: (amount) =>
		`${amount} são seus, no posto de venda onde comprou, se ainda não lhe foram devolvidos. Leve o recibo consigo.`,
	provider: (amount, moment) => `${amount} foram devolvidos para onde pagou em ${moment}.`,
	bank: (amount, moment) => `${amount} foram devolvidos pelo banco em ${moment}.`,
	arrears: (amount, moment) => `${amount} foram descontados na dívida de um contador em ${moment}.`,
	back: (amount) =>
		`A operadora de pagamento retirou ${amount}, por isso não deve nada. Pergunte-lhe onde está o dinheiro.`,
	backWithToken: (amount) =>
		`A operadora de pagamento retirou ${amount} depois de a recarga ter sido feita. A recarga continua válida mas não está paga: ligue para a linha de apoio.`,
	kept: 'O que foi pago está guardado para si. Ligue para a linha de apoio e diga o número da compra.',
	mayBePaid:
		'Se pagou, não volte a comprar: ligue para a linha de apoio e diga o número da compra.',
	foreign:
		'Chegou dinheiro noutra moeda. Está guardado para si: ligue para a linha de apoio e diga o número da compra.',
	heard: (ago) => `Perguntado ${ago}`,
	ask: 'Perguntar de novo',
};
