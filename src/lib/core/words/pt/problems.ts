/** In Portuguese: see `en/problems.ts`. */
import type { Words } from '../catalogue.ts';
import { pluralIn } from '../plural.ts';
import { withStaffRefusals } from '../staff-refusals.ts';

const plural = pluralIn('pt');
const wait = (seconds: string | undefined): string =>
	seconds === undefined
		? 'um minuto'
		: `${seconds} ${plural(seconds, { one: 'segundo', other: 'segundos' })}`;

export const problems: Words['problems'] = withStaffRefusals(
	{
		'body-not-json': {
			title: 'Não foi possível ler o pedido',
			detail: () => 'O pedido não é JSON. Nada foi guardado.',
		},
		'body-too-large': {
			title: 'O pedido é grande demais',
			detail: () => 'O pedido é maior do que este serviço lê. Nada foi guardado.',
		},
		'body-shape': {
			title: 'O pedido não está completo',
			detail: () => 'Falta algo no pedido, ou é do tipo errado. Nada foi guardado.',
		},
		'id-not-uuid': {
			title: 'O pedido não tem identificador válido',
			detail: () => 'O identificador tem de ser um UUID da versão 7. Nada foi guardado.',
		},
		'id-reused': {
			title: 'Este identificador é de outro pedido',
			detail: () =>
				'O mesmo identificador já veio com outro conteúdo. O primeiro pedido fica; este foi recusado.',
		},
		'not-found': { title: 'Não encontrado', detail: () => 'Não há nada neste endereço.' },
		'method-not-allowed': {
			title: 'Aqui não é possível',
			detail: () => 'Este endereço não aceita esse tipo de pedido.',
		},
		'too-many-requests': {
			title: 'Pedidos a mais',
			detail: ({ seconds }) =>
				`Vieram daqui pedidos a mais em pouco tempo. Espere ${wait(seconds)} e tente de novo.`,
		},
		'meter-number-empty': {
			title: 'Falta o número do contador',
			detail: () =>
				'Escreva o número do contador. Está impresso no contador e tem 11 ou 13 algarismos.',
		},
		'meter-number-not-digits': {
			title: 'Só algarismos',
			detail: () => 'Um número de contador só tem algarismos. Veja o contador e escreva-o de novo.',
		},
		'meter-number-length': {
			title: 'Número de contador incompleto',
			detail: () => 'Um número de contador tem 11 ou 13 algarismos. Compare-o com o do contador.',
		},
		'meter-check-digit': {
			title: 'Há um algarismo errado',
			detail: () => 'Estes algarismos não combinam. Compare-os um a um com os do contador.',
		},
		'meter-unknown': {
			title: 'Contador desconhecido',
			detail: () =>
				'Esta empresa não tem nenhum contador com esse número. Verifique o número, ou ligue para a linha de apoio.',
		},
		'meter-blocked': {
			title: 'Contador bloqueado',
			detail: () =>
				'A empresa bloqueou as vendas para este contador. Ligue para a linha de apoio para saber porquê.',
		},
		'decoder-key-withheld': {
			title: 'Não é um contador virtual',
			detail: () => 'Só se dão chaves para contadores do parque público de teste.',
		},
		'amount-not-whole': {
			title: 'Não é um valor',
			detail: () => 'O valor tem de ser um número inteiro da moeda mais pequena.',
		},
		'amount-not-positive': {
			title: 'Sem valor',
			detail: () => 'O valor tem de ser maior do que zero.',
		},
		'amount-below-minimum': {
			title: 'Valor pequeno demais',
			detail: ({ minimum }) => `A venda mais pequena é de ${minimum}. Escolha um valor maior.`,
		},
		'amount-above-maximum': {
			title: 'Valor grande demais',
			detail: ({ maximum }) => `A venda maior é de ${maximum}. Escolha um valor mais pequeno.`,
		},
		'amount-buys-nothing': {
			title: 'Pouco demais para comprar eletricidade',
			detail: () =>
				'Depois dos descontos não sobra nada para comprar 0,1 kWh. Escolha um valor maior.',
		},
		'currency-unknown': {
			title: 'Outra moeda',
			detail: ({ currency }) => `Esta empresa vende só em ${currency}.`,
		},
		'confirmation-needed': {
			title: 'Confirme, por favor',
			detail: () =>
				'Isto foi pedido sem rede. Veja de quem é o contador e o que o dinheiro compra, e confirme.',
		},
		'price-changed': {
			title: 'O preço mudou',
			detail: () =>
				'O dinheiro compra agora menos do que quando aceitou, por isso não foi feita nenhuma recarga.',
		},
		'payment-mismatch': {
			title: 'O pagamento não corresponde',
			detail: () => 'O pagamento é de outra venda ou de outro valor. Nada foi emitido.',
		},
		'payment-failed': {
			title: 'Não foi pago',
			detail: () =>
				'O pagamento foi recusado. Nenhum dinheiro foi tirado e nenhuma recarga foi feita.',
		},
		'payment-no-funds': {
			title: 'Não há dinheiro suficiente na conta',
			detail: () =>
				'A operadora de pagamento recusou: o saldo é pequeno demais. Nenhum dinheiro foi tirado e nenhuma recarga foi feita.',
		},
		'payment-expired': {
			title: 'Não foi pago a tempo',
			detail: () =>
				'O pagamento não foi aprovado a tempo. Nenhum dinheiro foi tirado e nenhuma recarga foi feita.',
		},
		'payment-taken-back': {
			title: 'O pagamento foi retirado',
			detail: () =>
				'A operadora de pagamento retirou o pagamento. Nenhuma recarga foi feita e não deve nada. Pergunte-lhe onde está o dinheiro, ou compre de novo.',
		},
		'vending-key-expired': {
			title: 'A chave deste contador perdeu a validade',
			detail: () =>
				'A empresa tem de renovar primeiro a chave deste contador. Ligue para a linha de apoio.',
		},
		'vending-key-unknown': {
			title: 'Não há chave para este contador',
			detail: () =>
				'Este serviço não pode vender para o grupo de fornecimento deste contador. Ligue para a linha de apoio.',
		},
		'tid-exhausted': {
			title: 'Não há mais números de recarga',
			detail: () =>
				'O período da chave deste contador esgotou-se. A empresa tem de mudar primeiro a chave.',
		},
		'claim-code': {
			title: 'O código de levantamento está mal escrito',
			detail: () =>
				'Isto não pode ser um código de levantamento: um carácter está errado, falta ou está a mais. Compare-o com o recibo.',
		},
		'security-module-unavailable': {
			title: 'De momento não se podem fazer recargas',
			detail: () => 'O módulo de segurança não responde. Nada se perdeu; tenta-se de novo.',
		},
		'database-unavailable': {
			title: 'De momento não se chega às contas',
			detail: () => 'A base de dados não responde. Nada se perdeu; tenta-se de novo.',
		},
		stopping: {
			title: 'Este servidor vai parar',
			detail: () => 'Acaba o que começou e não aceita nada de novo. Outro responderá.',
		},
		'internal-error': {
			title: 'Algo correu mal aqui',
			detail: () => 'O serviço cometeu um erro. Nada se perdeu; tenta-se de novo.',
		},
		'locked-out': {
			title: 'Bloqueado por um tempo',
			detail: ({ seconds }) =>
				`Houve tentativas erradas a mais. Espere ${wait(seconds)} e tente de novo.`,
		},
		'code-wrong': {
			title: 'O código não está certo',
			detail: () => 'O código está errado, já foi usado ou é antigo demais. Peça um novo.',
		},
		'cross-site': {
			title: 'Não foi pedido por esta aplicação',
			detail: () =>
				'O pedido veio com a sua sessão, mas não de uma página desta aplicação. Nada foi feito.',
		},
		'not-allowed': {
			title: 'Não permitido',
			detail: () => 'O seu papel não inclui isto. Pergunte ao escritório.',
		},
		'reserve-sealed': {
			title: 'Esta recarga está selada',
			detail: () =>
				'Foi feita para a reserva de um aparelho, que a abre quando é vendida. Não se mostra em mais lado nenhum.',
		},
		'key-change-needed': {
			title: 'O contador precisa de uma nova chave',
			detail: () =>
				'O contador tem de passar para uma nova chave antes de se vender para ele. Peça os códigos da mudança de chave.',
		},
		'key-change-not-allowed': {
			title: 'Esta mudança de chave não é permitida',
			detail: () => 'A norma não permite esta mudança de chave para este contador.',
		},
		'vending-key-not-active': {
			title: 'A chave ainda não está ativa',
			detail: () =>
				'A chave de venda deste grupo de fornecimento ainda não está ativa. Avise a empresa.',
		},
		'vending-key-issue-ended': {
			title: 'A chave passou da data',
			detail: () =>
				'Já não se podem emitir recargas com a chave de venda deste grupo de fornecimento. Avise a empresa.',
		},
		'vending-key-limit': {
			title: 'O limite da chave esgotou-se',
			detail: () =>
				'O módulo de segurança já deu tudo o que o seu limite permite. Avise a empresa.',
		},
		'vending-key-type': {
			title: 'Não com esta chave',
			detail: () =>
				'A chave de venda deste contador não pode ser usada para uma recarga deste tipo.',
		},
		'security-module-refused': {
			title: 'O módulo de segurança recusou',
			detail: () =>
				'O módulo de segurança recusou fazer esta recarga. Nada foi feito. Ligue para a linha de apoio.',
		},
		'token-unreadable': {
			title: 'Não é uma recarga deste contador',
			detail: () => 'Estes algarismos não são uma recarga deste contador, ou foram mal digitados.',
		},
		'vend-reversed': {
			title: 'Anulada',
			detail: () => 'Esta venda foi anulada antes de alguém ver a recarga.',
		},
		'vend-not-issued': {
			title: 'Nada para imprimir',
			detail: () => 'Esta venda não tem recarga, por isso não há nada para imprimir de novo.',
		},
		'fbe-not-entitled': {
			title: 'Aqui não há eletricidade gratuita',
			detail: () => 'Este contador não tem direito a eletricidade básica gratuita.',
		},
		'fbe-claimed': {
			title: 'Já levantada este mês',
			detail: () =>
				'A eletricidade gratuita deste mês para este contador já foi dada. Só quem a levantou e o telefone da conta veem os algarismos; o escritório pode voltar a imprimi-los. Volta no dia 1.',
		},
		'fbe-not-by-app': {
			title: 'Não por esta aplicação',
			detail: () => 'A empresa dá a eletricidade gratuita só nos seus balcões e escritórios.',
		},
		'fbe-phone-needed': {
			title: 'O contador é seu?',
			detail: () =>
				'A empresa dá a eletricidade gratuita deste contador ao telefone da conta. Mostre com um código que o telefone é seu.',
		},
		'refund-settled': {
			title: 'Já resolvido',
			detail: () => 'Este dinheiro já foi devolvido ou usado. Nunca é devolvido duas vezes.',
		},
		'meter-busy': {
			title: 'Há uma venda em curso',
			detail: () =>
				'Está a ser feita uma venda para este contador. Tente de novo daqui a um momento.',
		},
		'phone-number': {
			title: 'Não é um número de telefone',
			detail: () => 'Um número de telefone começa por + e o país, e tem depois até 14 algarismos.',
		},
		'provider-unavailable': {
			title: 'A operadora de pagamento não responde',
			detail: () =>
				'A operadora de pagamento não responde. Nada se perdeu; peça de novo daqui a um momento.',
		},
		'database-older': {
			title: 'Sem vendas',
			detail: () =>
				'A base de dados é uma cópia mais antiga do que aquela com que este servidor trabalhou. Nada se vende até um responsável a ver.',
		},
	},
	{
		title: 'O serviço recusou',
		detail: () =>
			'Isto não se pode fazer como está. Ligue para a linha de apoio e diga o código mostrado.',
	},
);
