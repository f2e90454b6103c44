import { client } from './client.gen.ts';
import type { Client, ClientMeta, Options as Options2, RequestResult, TDataShape } from './client/index.ts';
import type { AllowedListingMovesData, AllowedListingMovesErrors, AllowedListingMovesResponses, AllowedMovesData, AllowedMovesErrors, AllowedMovesResponses, AmendActivitiesData, AmendActivitiesErrors, AmendActivitiesListingData, AmendActivitiesListingErrors, AmendActivitiesListingResponses, AmendActivitiesResponses, AmendEventsData, AmendEventsErrors, AmendEventsListingData, AmendEventsListingErrors, AmendEventsListingResponses, AmendEventsResponses, AmendParkingData, AmendParkingErrors, AmendParkingListingData, AmendParkingListingErrors, AmendParkingListingResponses, AmendParkingResponses, AmendRidesData, AmendRidesErrors, AmendRidesListingData, AmendRidesListingErrors, AmendRidesListingResponses, AmendRidesResponses, BestSeatsData, BestSeatsErrors, BestSeatsResponses, BlockAccountData, BlockAccountErrors, BlockAccountResponses, BookActivitiesData, BookActivitiesErrors, BookActivitiesResponses, BookEventsData, BookEventsErrors, BookEventsResponses, BookParkingData, BookParkingErrors, BookParkingResponses, BookRidesBundleData, BookRidesBundleErrors, BookRidesBundleResponses, BookRidesData, BookRidesErrors, BookRidesResponses, ClearDelayData, ClearDelayErrors, ClearDelayResponses, CompareBookingsData, CompareBookingsErrors, CompareBookingsResponses, CreateActivitiesListingData, CreateActivitiesListingErrors, CreateActivitiesListingResponses, CreateEventsListingData, CreateEventsListingErrors, CreateEventsListingResponses, CreateEventsSeriesData, CreateEventsSeriesErrors, CreateEventsSeriesResponses, CreateParkingListingData, CreateParkingListingErrors, CreateParkingListingResponses, CreatePromotionData, CreatePromotionErrors, CreatePromotionResponses, CreateRidesListingData, CreateRidesListingErrors, CreateRidesListingResponses, CreditWalletData, CreditWalletErrors, CreditWalletResponses, DelayListingData, DelayListingErrors, DelayListingResponses, EndPromotionData, EndPromotionErrors, EndPromotionResponses, ExtendHoldData, ExtendHoldErrors, ExtendHoldResponses, FindActivitiesListingsData, FindActivitiesListingsErrors, FindActivitiesListingsResponses, FindEventsListingsData, FindEventsListingsErrors, FindEventsListingsResponses, FindParkingListingsData, FindParkingListingsErrors, FindParkingListingsResponses, FindRidesListingsData, FindRidesListingsErrors, FindRidesListingsResponses, GetActivitiesBalanceData, GetActivitiesBalanceErrors, GetActivitiesBalanceResponses, GetBookingData, GetBookingErrors, GetBookingResponses, GetBooksData, GetBooksErrors, GetBooksResponses, GetEventsBalanceData, GetEventsBalanceErrors, GetEventsBalanceResponses, GetEventsGateData, GetEventsGateErrors, GetEventsGateResponses, GetInvoiceData, GetInvoiceErrors, GetInvoiceResponses, GetListingData, GetListingErrors, GetListingResponses, GetParkingBalanceData, GetParkingBalanceErrors, GetParkingBalanceResponses, GetPartyStatementData, GetPartyStatementErrors, GetPartyStatementResponses, GetProfileData, GetProfileErrors, GetProfileResponses, GetRidesBalanceData, GetRidesBalanceErrors, GetRidesBalanceResponses, GetSeriesData, GetSeriesErrors, GetSeriesResponses, GetStatementData, GetStatementErrors, GetStatementResponses, GetWalletData, GetWalletErrors, GetWalletResponses, IssueActivitiesInvoicesData, IssueActivitiesInvoicesErrors, IssueActivitiesInvoicesResponses, IssueEventsInvoicesData, IssueEventsInvoicesErrors, IssueEventsInvoicesResponses, IssueParkingInvoicesData, IssueParkingInvoicesErrors, IssueParkingInvoicesResponses, IssueRidesInvoicesData, IssueRidesInvoicesErrors, IssueRidesInvoicesResponses, ListBookingsData, ListBookingsErrors, ListBookingsResponses, ListClaimsData, ListClaimsErrors, ListClaimsResponses, ListEventsData, ListEventsErrors, ListEventsResponses, ListEventsTicketsData, ListEventsTicketsErrors, ListEventsTicketsResponses, ListInvoicesData, ListInvoicesErrors, ListInvoicesResponses, ListLifecycleFlawsData, ListLifecycleFlawsErrors, ListLifecycleFlawsResponses, ListMarketplacesData, ListMarketplacesErrors, ListMarketplacesResponses, ListNoticesData, ListNoticesErrors, ListNoticesResponses, ListPayoutsData, ListPayoutsErrors, ListPayoutsResponses, ListPromotionsData, ListPromotionsErrors, ListPromotionsResponses, ListSlotsData, ListSlotsErrors, ListSlotsResponses, ListVacanciesData, ListVacanciesErrors, ListVacanciesResponses, MoveBookingData, MoveBookingErrors, MoveBookingResponses, MoveListingData, MoveListingErrors, MoveListingResponses, MoveSeriesData, MoveSeriesErrors, MoveSeriesResponses, PayOutActivitiesNowData, PayOutActivitiesNowErrors, PayOutActivitiesNowResponses, PayOutEventsNowData, PayOutEventsNowErrors, PayOutEventsNowResponses, PayOutParkingNowData, PayOutParkingNowErrors, PayOutParkingNowResponses, PayOutRidesNowData, PayOutRidesNowErrors, PayOutRidesNowResponses, PreviewRefundData, PreviewRefundErrors, PreviewRefundResponses, QuoteActivitiesData, QuoteActivitiesErrors, QuoteActivitiesResponses, QuoteEventsData, QuoteEventsErrors, QuoteEventsResponses, QuoteParkingData, QuoteParkingErrors, QuoteParkingResponses, QuoteRidesData, QuoteRidesErrors, QuoteRidesResponses, ReadClockData, ReadClockErrors, ReadClockResponses, ReconcileBooksData, ReconcileBooksErrors, ReconcileBooksResponses, ReissueEventsTicketsData, ReissueEventsTicketsErrors, ReissueEventsTicketsResponses, ReleaseMilestoneData, ReleaseMilestoneErrors, ReleaseMilestoneResponses, ReportFeeData, ReportFeeErrors, ReportFeeResponses, ReportPaymentData, ReportPaymentErrors, ReportPaymentResponses, ReportPayoutData, ReportPayoutErrors, ReportPayoutResponses, RunActivitiesPayoutsData, RunActivitiesPayoutsErrors, RunActivitiesPayoutsResponses, RunDueData, RunDueErrors, RunDueResponses, RunEventsPayoutsData, RunEventsPayoutsErrors, RunEventsPayoutsResponses, RunParkingPayoutsData, RunParkingPayoutsErrors, RunParkingPayoutsResponses, RunRidesPayoutsData, RunRidesPayoutsErrors, RunRidesPayoutsResponses, ScanEventsTicketsData, ScanEventsTicketsErrors, ScanEventsTicketsResponses, SearchActivitiesListingsData, SearchActivitiesListingsErrors, SearchActivitiesListingsResponses, SearchEventsListingsData, SearchEventsListingsErrors, SearchEventsListingsResponses, SearchParkingListingsData, SearchParkingListingsErrors, SearchParkingListingsResponses, SearchRidesListingsData, SearchRidesListingsErrors, SearchRidesListingsResponses, SetClockData, SetClockErrors, SetClockResponses, SetProfileData, SetProfileErrors, SetProfileResponses, UnblockAccountData, UnblockAccountErrors, UnblockAccountResponses } from './types.gen.ts';

export type Options<TData extends TDataShape = TDataShape, ThrowOnError extends boolean = boolean, TResponse = unknown> = Options2<TData, ThrowOnError, TResponse> & {
    /**
     * You can provide a client instance returned by `createClient()` instead of
     * individual options. This might be also useful if you want to implement a
     * custom client.
     */
    client?: Client;
    /**
     * You can pass arbitrary values through the `meta` object. This can be
     * used to access values that aren't defined as part of the SDK function.
     */
    meta?: keyof ClientMeta extends never ? Record<string, unknown> : ClientMeta;
};

/**
 * The marketplaces and their lifecycles
 */
export const listMarketplaces = <ThrowOnError extends boolean = false>(options?: Options<ListMarketplacesData, ThrowOnError>): RequestResult<ListMarketplacesResponses, ListMarketplacesErrors, ThrowOnError> => (options?.client ?? client).get<ListMarketplacesResponses, ListMarketplacesErrors, ThrowOnError>({ url: '/v1/marketplaces', ...options });

/**
 * A listing
 */
export const getListing = <ThrowOnError extends boolean = false>(options: Options<GetListingData, ThrowOnError>): RequestResult<GetListingResponses, GetListingErrors, ThrowOnError> => (options.client ?? client).get<GetListingResponses, GetListingErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/v1/listings/{listing}',
    ...options
});

/**
 * The moves from the listing's stage, with what each asks for and the reason for each that is refused
 *
 * Whether the time of a party is free and whether it owes too much in cash is not looked at: a move that is allowed here may still be refused for these.
 */
export const allowedListingMoves = <ThrowOnError extends boolean = false>(options: Options<AllowedListingMovesData, ThrowOnError>): RequestResult<AllowedListingMovesResponses, AllowedListingMovesErrors, ThrowOnError> => (options.client ?? client).get<AllowedListingMovesResponses, AllowedListingMovesErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/v1/listings/{listing}/moves',
    ...options
});

/**
 * Move a listing
 *
 * A move that assigns a role gives it to the party, the caller unless named. The reason of a move that asks for one stays with the listing as its note until its next move.
 */
export const moveListing = <ThrowOnError extends boolean = false>(options: Options<MoveListingData, ThrowOnError>): RequestResult<MoveListingResponses, MoveListingErrors, ThrowOnError> => (options.client ?? client).post<MoveListingResponses, MoveListingErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/v1/listings/{listing}/moves',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * The listings of a series, as far as the caller may see them
 */
export const getSeries = <ThrowOnError extends boolean = false>(options: Options<GetSeriesData, ThrowOnError>): RequestResult<GetSeriesResponses, GetSeriesErrors, ThrowOnError> => (options.client ?? client).get<GetSeriesResponses, GetSeriesErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/v1/series/{series}',
    ...options
});

/**
 * Move all listings of a series that stand where the move begins, or none of them
 */
export const moveSeries = <ThrowOnError extends boolean = false>(options: Options<MoveSeriesData, ThrowOnError>): RequestResult<MoveSeriesResponses, MoveSeriesErrors, ThrowOnError> => (options.client ?? client).post<MoveSeriesResponses, MoveSeriesErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/v1/series/{series}/moves',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * Say that a listing is on time again
 */
export const clearDelay = <ThrowOnError extends boolean = false>(options: Options<ClearDelayData, ThrowOnError>): RequestResult<ClearDelayResponses, ClearDelayErrors, ThrowOnError> => (options.client ?? client).delete<ClearDelayResponses, ClearDelayErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/v1/listings/{listing}/delay',
    ...options
});

/**
 * Say that a listing runs late
 *
 * For those whom the marketplace lets say so, in the stages in which its listings may run late. The stage, the bookings and the money stay what they are; the delay is forgotten when the listing leaves those stages.
 */
export const delayListing = <ThrowOnError extends boolean = false>(options: Options<DelayListingData, ThrowOnError>): RequestResult<DelayListingResponses, DelayListingErrors, ThrowOnError> => (options.client ?? client).put<DelayListingResponses, DelayListingErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/v1/listings/{listing}/delay',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * The free slots of a listing
 *
 * Stays of a length that begin within a window of at most 32 days and can be booked, in order of time. Nothing is held by asking. For listings with a calendar.
 */
export const listSlots = <ThrowOnError extends boolean = false>(options: Options<ListSlotsData, ThrowOnError>): RequestResult<ListSlotsResponses, ListSlotsErrors, ThrowOnError> => (options.client ?? client).get<ListSlotsResponses, ListSlotsErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/v1/listings/{listing}/slots',
    ...options
});

/**
 * What a listing still takes, and whether it is full
 *
 * For each of the smallest requests, such as a ticket of each kind or a seat from each stop to the next, how many of it could still be booked if nothing else were. For listings with a date of their own; what is free of a calendar is told as slots.
 */
export const listVacancies = <ThrowOnError extends boolean = false>(options: Options<ListVacanciesData, ThrowOnError>): RequestResult<ListVacanciesResponses, ListVacanciesErrors, ThrowOnError> => (options.client ?? client).get<ListVacanciesResponses, ListVacanciesErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/v1/listings/{listing}/vacancies',
    ...options
});

/**
 * The best free seats for a party, and why these
 *
 * Nothing is held by asking: book the seats by their names. For listings with numbered seats.
 */
export const bestSeats = <ThrowOnError extends boolean = false>(options: Options<BestSeatsData, ThrowOnError>): RequestResult<BestSeatsResponses, BestSeatsErrors, ThrowOnError> => (options.client ?? client).post<BestSeatsResponses, BestSeatsErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/v1/listings/{listing}/seats/best',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * What is taken of a listing's resources
 *
 * For its provider and for operators.
 */
export const listClaims = <ThrowOnError extends boolean = false>(options: Options<ListClaimsData, ThrowOnError>): RequestResult<ListClaimsResponses, ListClaimsErrors, ThrowOnError> => (options.client ?? client).get<ListClaimsResponses, ListClaimsErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/v1/listings/{listing}/claims',
    ...options
});

/**
 * The bookings that the caller may see, newest first
 */
export const listBookings = <ThrowOnError extends boolean = false>(options?: Options<ListBookingsData, ThrowOnError>): RequestResult<ListBookingsResponses, ListBookingsErrors, ThrowOnError> => (options?.client ?? client).get<ListBookingsResponses, ListBookingsErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/v1/bookings',
    ...options
});

/**
 * A booking
 */
export const getBooking = <ThrowOnError extends boolean = false>(options: Options<GetBookingData, ThrowOnError>): RequestResult<GetBookingResponses, GetBookingErrors, ThrowOnError> => (options.client ?? client).get<GetBookingResponses, GetBookingErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/v1/bookings/{booking}',
    ...options
});

/**
 * The moves from the booking's stage, with the reason for each that is refused
 */
export const allowedMoves = <ThrowOnError extends boolean = false>(options: Options<AllowedMovesData, ThrowOnError>): RequestResult<AllowedMovesResponses, AllowedMovesErrors, ThrowOnError> => (options.client ?? client).get<AllowedMovesResponses, AllowedMovesErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/v1/bookings/{booking}/moves',
    ...options
});

/**
 * Move a booking
 *
 * Where the marketplace measures use, usage says what was really used. A move that decides a dispute by a part says in award which part of the price goes back to the customer.
 */
export const moveBooking = <ThrowOnError extends boolean = false>(options: Options<MoveBookingData, ThrowOnError>): RequestResult<MoveBookingResponses, MoveBookingErrors, ThrowOnError> => (options.client ?? client).post<MoveBookingResponses, MoveBookingErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/v1/bookings/{booking}/moves',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * Release a milestone to the provider
 *
 * For the customer and operators. The next milestone is asked for then; released again, nothing changes.
 */
export const releaseMilestone = <ThrowOnError extends boolean = false>(options: Options<ReleaseMilestoneData, ThrowOnError>): RequestResult<ReleaseMilestoneResponses, ReleaseMilestoneErrors, ThrowOnError> => (options.client ?? client).post<ReleaseMilestoneResponses, ReleaseMilestoneErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/v1/bookings/{booking}/releases',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * Hold the place of a booking for longer
 *
 * For the customer and operators, by as much and as often as the stage of the booking allows.
 */
export const extendHold = <ThrowOnError extends boolean = false>(options: Options<ExtendHoldData, ThrowOnError>): RequestResult<ExtendHoldResponses, ExtendHoldErrors, ThrowOnError> => (options.client ?? client).post<ExtendHoldResponses, ExtendHoldErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/v1/bookings/{booking}/extensions',
    ...options
});

/**
 * What would be refunded and kept if the booking were ended by this move now
 */
export const previewRefund = <ThrowOnError extends boolean = false>(options: Options<PreviewRefundData, ThrowOnError>): RequestResult<PreviewRefundResponses, PreviewRefundErrors, ThrowOnError> => (options.client ?? client).get<PreviewRefundResponses, PreviewRefundErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/v1/bookings/{booking}/refund-preview',
    ...options
});

/**
 * The money of a booking
 */
export const getStatement = <ThrowOnError extends boolean = false>(options: Options<GetStatementData, ThrowOnError>): RequestResult<GetStatementResponses, GetStatementErrors, ThrowOnError> => (options.client ?? client).get<GetStatementResponses, GetStatementErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/v1/bookings/{booking}/statement',
    ...options
});

/**
 * What happened to a booking
 */
export const listEvents = <ThrowOnError extends boolean = false>(options: Options<ListEventsData, ThrowOnError>): RequestResult<ListEventsResponses, ListEventsErrors, ThrowOnError> => (options.client ?? client).get<ListEventsResponses, ListEventsErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/v1/bookings/{booking}/events',
    ...options
});

/**
 * What the payment provider says of a payment
 *
 * For the role payments. Charged back is always what is left of the payment after refunds.
 */
export const reportPayment = <ThrowOnError extends boolean = false>(options: Options<ReportPaymentData, ThrowOnError>): RequestResult<ReportPaymentResponses, ReportPaymentErrors, ThrowOnError> => (options.client ?? client).post<ReportPaymentResponses, ReportPaymentErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/v1/payments/{payment}/reports',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * What the payment provider charged for a payment
 *
 * For the role payments. The same reference reported again changes nothing.
 */
export const reportFee = <ThrowOnError extends boolean = false>(options: Options<ReportFeeData, ThrowOnError>): RequestResult<ReportFeeResponses, ReportFeeErrors, ThrowOnError> => (options.client ?? client).post<ReportFeeResponses, ReportFeeErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/v1/payments/{payment}/fees',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * The caller's payouts, newest first; an operator's are everybody's
 */
export const listPayouts = <ThrowOnError extends boolean = false>(options?: Options<ListPayoutsData, ThrowOnError>): RequestResult<ListPayoutsResponses, ListPayoutsErrors, ThrowOnError> => (options?.client ?? client).get<ListPayoutsResponses, ListPayoutsErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/v1/payouts',
    ...options
});

/**
 * What the payment provider says of a payout
 *
 * For the role payments.
 */
export const reportPayout = <ThrowOnError extends boolean = false>(options: Options<ReportPayoutData, ThrowOnError>): RequestResult<ReportPayoutResponses, ReportPayoutErrors, ThrowOnError> => (options.client ?? client).post<ReportPayoutResponses, ReportPayoutErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/v1/payouts/{payout}/reports',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * Put a sum into a customer's wallet, at the platform's cost
 *
 * For operators: the reward of a referral, an apology. Answers what is in the wallet then.
 */
export const creditWallet = <ThrowOnError extends boolean = false>(options: Options<CreditWalletData, ThrowOnError>): RequestResult<CreditWalletResponses, CreditWalletErrors, ThrowOnError> => (options.client ?? client).post<CreditWalletResponses, CreditWalletErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/v1/wallets/{customer}/credits',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * What a customer has to spend in a currency
 *
 * One's own wallet, or anybody's for operators.
 */
export const getWallet = <ThrowOnError extends boolean = false>(options: Options<GetWalletData, ThrowOnError>): RequestResult<GetWalletResponses, GetWalletErrors, ThrowOnError> => (options.client ?? client).get<GetWalletResponses, GetWalletErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/v1/wallets/{customer}',
    ...options
});

/**
 * Unblock a party's account
 *
 * For operators. What waited goes out with the next run.
 */
export const unblockAccount = <ThrowOnError extends boolean = false>(options: Options<UnblockAccountData, ThrowOnError>): RequestResult<UnblockAccountResponses, UnblockAccountErrors, ThrowOnError> => (options.client ?? client).delete<UnblockAccountResponses, UnblockAccountErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/v1/accounts/{party}/block',
    ...options
});

/**
 * Block a party's account
 *
 * For operators. Nothing is paid to the party until the instant or, without one, until it is unblocked.
 */
export const blockAccount = <ThrowOnError extends boolean = false>(options: Options<BlockAccountData, ThrowOnError>): RequestResult<BlockAccountResponses, BlockAccountErrors, ThrowOnError> => (options.client ?? client).put<BlockAccountResponses, BlockAccountErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/v1/accounts/{party}/block',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * What the platform knows of a party in a marketplace
 *
 * One's own, or anybody's for operators.
 */
export const getProfile = <ThrowOnError extends boolean = false>(options: Options<GetProfileData, ThrowOnError>): RequestResult<GetProfileResponses, GetProfileErrors, ThrowOnError> => (options.client ?? client).get<GetProfileResponses, GetProfileErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/v1/marketplaces/{marketplace}/profiles/{party}',
    ...options
});

/**
 * Note what the platform knows of a party in a marketplace
 *
 * For operators. All facts that the marketplace reads of its providers are given anew.
 */
export const setProfile = <ThrowOnError extends boolean = false>(options: Options<SetProfileData, ThrowOnError>): RequestResult<SetProfileResponses, SetProfileErrors, ThrowOnError> => (options.client ?? client).put<SetProfileResponses, SetProfileErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/v1/marketplaces/{marketplace}/profiles/{party}',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * The promotions by code, with how often they are used
 *
 * For operators.
 */
export const listPromotions = <ThrowOnError extends boolean = false>(options?: Options<ListPromotionsData, ThrowOnError>): RequestResult<ListPromotionsResponses, ListPromotionsErrors, ThrowOnError> => (options?.client ?? client).get<ListPromotionsResponses, ListPromotionsErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/v1/promotions',
    ...options
});

/**
 * Make a promotion
 *
 * For operators. A code means the same for ever; it is used in the bookings and quotes that name it.
 */
export const createPromotion = <ThrowOnError extends boolean = false>(options: Options<CreatePromotionData, ThrowOnError>): RequestResult<CreatePromotionResponses, CreatePromotionErrors, ThrowOnError> => (options.client ?? client).post<CreatePromotionResponses, CreatePromotionErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/v1/promotions',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * End a promotion
 *
 * For operators. It takes no new uses from now on; bookings that use it keep it. Ending it again changes nothing.
 */
export const endPromotion = <ThrowOnError extends boolean = false>(options: Options<EndPromotionData, ThrowOnError>): RequestResult<EndPromotionResponses, EndPromotionErrors, ThrowOnError> => (options.client ?? client).post<EndPromotionResponses, EndPromotionErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/v1/promotions/{code}/end',
    ...options
});

/**
 * What every account stands at
 *
 * For operators; as of an instant, that instant included, if one is given.
 */
export const getBooks = <ThrowOnError extends boolean = false>(options?: Options<GetBooksData, ThrowOnError>): RequestResult<GetBooksResponses, GetBooksErrors, ThrowOnError> => (options?.client ?? client).get<GetBooksResponses, GetBooksErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/v1/books',
    ...options
});

/**
 * What a party earned, owes and was sent, in one currency
 *
 * For the party itself and for operators; over all of time unless both bounds are given, oldest first.
 */
export const getPartyStatement = <ThrowOnError extends boolean = false>(options: Options<GetPartyStatementData, ThrowOnError>): RequestResult<GetPartyStatementResponses, GetPartyStatementErrors, ThrowOnError> => (options.client ?? client).get<GetPartyStatementResponses, GetPartyStatementErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/v1/statements/{party}',
    ...options
});

/**
 * Where the amounts of bookings and the books disagree
 *
 * For operators. Each page compares some bookings, newest first, and lists only what disagrees.
 */
export const compareBookings = <ThrowOnError extends boolean = false>(options?: Options<CompareBookingsData, ThrowOnError>): RequestResult<CompareBookingsResponses, CompareBookingsErrors, ThrowOnError> => (options?.client ?? client).get<CompareBookingsResponses, CompareBookingsErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/v1/books/bookings',
    ...options
});

/**
 * Where the payment provider's report of a time and the books differ
 *
 * For operators. Nothing is changed by it.
 */
export const reconcileBooks = <ThrowOnError extends boolean = false>(options: Options<ReconcileBooksData, ThrowOnError>): RequestResult<ReconcileBooksResponses, ReconcileBooksErrors, ThrowOnError> => (options.client ?? client).post<ReconcileBooksResponses, ReconcileBooksErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/v1/books/reconciliations',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * The caller's documents on commissions, newest first; an operator's are everybody's
 *
 * Those of one issue if it is named.
 */
export const listInvoices = <ThrowOnError extends boolean = false>(options?: Options<ListInvoicesData, ThrowOnError>): RequestResult<ListInvoicesResponses, ListInvoicesErrors, ThrowOnError> => (options?.client ?? client).get<ListInvoicesResponses, ListInvoicesErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/v1/invoices',
    ...options
});

/**
 * A document on commissions
 *
 * For the party it is addressed to and for operators.
 */
export const getInvoice = <ThrowOnError extends boolean = false>(options: Options<GetInvoiceData, ThrowOnError>): RequestResult<GetInvoiceResponses, GetInvoiceErrors, ThrowOnError> => (options.client ?? client).get<GetInvoiceResponses, GetInvoiceErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/v1/invoices/{invoice}',
    ...options
});

/**
 * What an operator should look at
 */
export const listNotices = <ThrowOnError extends boolean = false>(options?: Options<ListNoticesData, ThrowOnError>): RequestResult<ListNoticesResponses, ListNoticesErrors, ThrowOnError> => (options?.client ?? client).get<ListNoticesResponses, ListNoticesErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/v1/notices',
    ...options
});

/**
 * What is in flight and cannot live under the lifecycles of the running code
 *
 * For operators, to be asked before a new version takes requests. Empty when all is well.
 */
export const listLifecycleFlaws = <ThrowOnError extends boolean = false>(options?: Options<ListLifecycleFlawsData, ThrowOnError>): RequestResult<ListLifecycleFlawsResponses, ListLifecycleFlawsErrors, ThrowOnError> => (options?.client ?? client).get<ListLifecycleFlawsResponses, ListLifecycleFlawsErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/v1/lifecycle-flaws',
    ...options
});

/**
 * Do what is due now
 *
 * Deadlines, cascades and instructions to the payment provider. Running them twice is harmless.
 */
export const runDue = <ThrowOnError extends boolean = false>(options?: Options<RunDueData, ThrowOnError>): RequestResult<RunDueResponses, RunDueErrors, ThrowOnError> => (options?.client ?? client).post<RunDueResponses, RunDueErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/v1/due',
    ...options
});

/**
 * Search listings
 *
 * Listings that take bookings, nearest first where latitude, longitude and radiusMetres are given together. With mine, the caller's own, hidden ones too.
 */
export const searchActivitiesListings = <ThrowOnError extends boolean = false>(options?: Options<SearchActivitiesListingsData, ThrowOnError>): RequestResult<SearchActivitiesListingsResponses, SearchActivitiesListingsErrors, ThrowOnError> => (options?.client ?? client).get<SearchActivitiesListingsResponses, SearchActivitiesListingsErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/v1/activities/listings',
    ...options
});

/**
 * Offer a listing
 */
export const createActivitiesListing = <ThrowOnError extends boolean = false>(options: Options<CreateActivitiesListingData, ThrowOnError>): RequestResult<CreateActivitiesListingResponses, CreateActivitiesListingErrors, ThrowOnError> => (options.client ?? client).post<CreateActivitiesListingResponses, CreateActivitiesListingErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/v1/activities/listings',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * The listings that would take a wish, best first, and why
 *
 * Only what could be booked is found: a request is decided as booking it would be. The listings have no features to ask for. The nearest come first. At most 500 listings are looked at, the nearest of those that may fit; more says that there are others.
 */
export const findActivitiesListings = <ThrowOnError extends boolean = false>(options: Options<FindActivitiesListingsData, ThrowOnError>): RequestResult<FindActivitiesListingsResponses, FindActivitiesListingsErrors, ThrowOnError> => (options.client ?? client).post<FindActivitiesListingsResponses, FindActivitiesListingsErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/v1/activities/listings/search',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * Change what a listing offers
 *
 * For its provider, within what the marketplace lets providers amend, and for operators. The listing is given whole. Bookings keep what they were offered; while some are live, the date changes only where the listing is paused, and they move along.
 */
export const amendActivitiesListing = <ThrowOnError extends boolean = false>(options: Options<AmendActivitiesListingData, ThrowOnError>): RequestResult<AmendActivitiesListingResponses, AmendActivitiesListingErrors, ThrowOnError> => (options.client ?? client).post<AmendActivitiesListingResponses, AmendActivitiesListingErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/v1/activities/listings/{listing}/amendments',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * What a request would cost, and what would refuse it
 *
 * With bundle, as one of so many that are booked together, where the marketplace sells bundles.
 */
export const quoteActivities = <ThrowOnError extends boolean = false>(options: Options<QuoteActivitiesData, ThrowOnError>): RequestResult<QuoteActivitiesResponses, QuoteActivitiesErrors, ThrowOnError> => (options.client ?? client).post<QuoteActivitiesResponses, QuoteActivitiesErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/v1/activities/listings/{listing}/quotes',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * Book
 *
 * With expected, a price other than the one agreed to is refused. With wallet, what is in the customer's wallet is spent first. With waitlist, one waits for a place where none is free, if the marketplace has a waitlist.
 */
export const bookActivities = <ThrowOnError extends boolean = false>(options: Options<BookActivitiesData, ThrowOnError>): RequestResult<BookActivitiesResponses, BookActivitiesErrors, ThrowOnError> => (options.client ?? client).post<BookActivitiesResponses, BookActivitiesErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/v1/activities/listings/{listing}/bookings',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * Change what a booking asks for
 */
export const amendActivities = <ThrowOnError extends boolean = false>(options: Options<AmendActivitiesData, ThrowOnError>): RequestResult<AmendActivitiesResponses, AmendActivitiesErrors, ThrowOnError> => (options.client ?? client).post<AmendActivitiesResponses, AmendActivitiesErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/v1/activities/bookings/{booking}/amendments',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * Pay the parties what is payable
 */
export const runActivitiesPayouts = <ThrowOnError extends boolean = false>(options?: Options<RunActivitiesPayoutsData, ThrowOnError>): RequestResult<RunActivitiesPayoutsResponses, RunActivitiesPayoutsErrors, ThrowOnError> => (options?.client ?? client).post<RunActivitiesPayoutsResponses, RunActivitiesPayoutsErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/v1/activities/payouts',
    ...options
});

/**
 * Issue the documents on what was taken of the parties in a time that is over
 *
 * For operators. Numbered without gaps in a series, the marketplace's own unless named. What was reversed is credited; what is on a document already is left out.
 */
export const issueActivitiesInvoices = <ThrowOnError extends boolean = false>(options: Options<IssueActivitiesInvoicesData, ThrowOnError>): RequestResult<IssueActivitiesInvoicesResponses, IssueActivitiesInvoicesErrors, ThrowOnError> => (options.client ?? client).post<IssueActivitiesInvoicesResponses, IssueActivitiesInvoicesErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/v1/activities/invoices',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * Pay the caller at once what it has in a currency, for a fee
 */
export const payOutActivitiesNow = <ThrowOnError extends boolean = false>(options: Options<PayOutActivitiesNowData, ThrowOnError>): RequestResult<PayOutActivitiesNowResponses, PayOutActivitiesNowErrors, ThrowOnError> => (options.client ?? client).post<PayOutActivitiesNowResponses, PayOutActivitiesNowErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/v1/activities/payouts/instant',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * What the caller has and was not paid, and what of it waits for which reason
 */
export const getActivitiesBalance = <ThrowOnError extends boolean = false>(options?: Options<GetActivitiesBalanceData, ThrowOnError>): RequestResult<GetActivitiesBalanceResponses, GetActivitiesBalanceErrors, ThrowOnError> => (options?.client ?? client).get<GetActivitiesBalanceResponses, GetActivitiesBalanceErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/v1/activities/balance',
    ...options
});

/**
 * Search listings
 *
 * Listings that take bookings, nearest first where latitude, longitude and radiusMetres are given together. With mine, the caller's own, hidden ones too.
 */
export const searchEventsListings = <ThrowOnError extends boolean = false>(options?: Options<SearchEventsListingsData, ThrowOnError>): RequestResult<SearchEventsListingsResponses, SearchEventsListingsErrors, ThrowOnError> => (options?.client ?? client).get<SearchEventsListingsResponses, SearchEventsListingsErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/v1/events/listings',
    ...options
});

/**
 * Offer a listing
 */
export const createEventsListing = <ThrowOnError extends boolean = false>(options: Options<CreateEventsListingData, ThrowOnError>): RequestResult<CreateEventsListingResponses, CreateEventsListingErrors, ThrowOnError> => (options.client ?? client).post<CreateEventsListingResponses, CreateEventsListingErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/v1/events/listings',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * The listings that would take a wish, best first, and why
 *
 * Only what could be booked is found: a request is decided as booking it would be. The listings have no features to ask for. The nearest come first. At most 500 listings are looked at, the nearest of those that may fit; more says that there are others.
 */
export const findEventsListings = <ThrowOnError extends boolean = false>(options: Options<FindEventsListingsData, ThrowOnError>): RequestResult<FindEventsListingsResponses, FindEventsListingsErrors, ThrowOnError> => (options.client ?? client).post<FindEventsListingsResponses, FindEventsListingsErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/v1/events/listings/search',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * Change what a listing offers
 *
 * For its provider, within what the marketplace lets providers amend, and for operators. The listing is given whole. Bookings keep what they were offered; while some are live, the date changes only where the listing is paused, and they move along.
 */
export const amendEventsListing = <ThrowOnError extends boolean = false>(options: Options<AmendEventsListingData, ThrowOnError>): RequestResult<AmendEventsListingResponses, AmendEventsListingErrors, ThrowOnError> => (options.client ?? client).post<AmendEventsListingResponses, AmendEventsListingErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/v1/events/listings/{listing}/amendments',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * What a request would cost, and what would refuse it
 *
 * With bundle, as one of so many that are booked together, where the marketplace sells bundles.
 */
export const quoteEvents = <ThrowOnError extends boolean = false>(options: Options<QuoteEventsData, ThrowOnError>): RequestResult<QuoteEventsResponses, QuoteEventsErrors, ThrowOnError> => (options.client ?? client).post<QuoteEventsResponses, QuoteEventsErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/v1/events/listings/{listing}/quotes',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * Book
 *
 * With expected, a price other than the one agreed to is refused. With wallet, what is in the customer's wallet is spent first. With waitlist, one waits for a place where none is free, if the marketplace has a waitlist.
 */
export const bookEvents = <ThrowOnError extends boolean = false>(options: Options<BookEventsData, ThrowOnError>): RequestResult<BookEventsResponses, BookEventsErrors, ThrowOnError> => (options.client ?? client).post<BookEventsResponses, BookEventsErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/v1/events/listings/{listing}/bookings',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * Change what a booking asks for
 */
export const amendEvents = <ThrowOnError extends boolean = false>(options: Options<AmendEventsData, ThrowOnError>): RequestResult<AmendEventsResponses, AmendEventsErrors, ThrowOnError> => (options.client ?? client).post<AmendEventsResponses, AmendEventsErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/v1/events/bookings/{booking}/amendments',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * Pay the parties what is payable
 */
export const runEventsPayouts = <ThrowOnError extends boolean = false>(options?: Options<RunEventsPayoutsData, ThrowOnError>): RequestResult<RunEventsPayoutsResponses, RunEventsPayoutsErrors, ThrowOnError> => (options?.client ?? client).post<RunEventsPayoutsResponses, RunEventsPayoutsErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/v1/events/payouts',
    ...options
});

/**
 * Issue the documents on what was taken of the parties in a time that is over
 *
 * For operators. Numbered without gaps in a series, the marketplace's own unless named. What was reversed is credited; what is on a document already is left out.
 */
export const issueEventsInvoices = <ThrowOnError extends boolean = false>(options: Options<IssueEventsInvoicesData, ThrowOnError>): RequestResult<IssueEventsInvoicesResponses, IssueEventsInvoicesErrors, ThrowOnError> => (options.client ?? client).post<IssueEventsInvoicesResponses, IssueEventsInvoicesErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/v1/events/invoices',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * Pay the caller at once what it has in a currency, for a fee
 */
export const payOutEventsNow = <ThrowOnError extends boolean = false>(options: Options<PayOutEventsNowData, ThrowOnError>): RequestResult<PayOutEventsNowResponses, PayOutEventsNowErrors, ThrowOnError> => (options.client ?? client).post<PayOutEventsNowResponses, PayOutEventsNowErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/v1/events/payouts/instant',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * What the caller has and was not paid, and what of it waits for which reason
 */
export const getEventsBalance = <ThrowOnError extends boolean = false>(options?: Options<GetEventsBalanceData, ThrowOnError>): RequestResult<GetEventsBalanceResponses, GetEventsBalanceErrors, ThrowOnError> => (options?.client ?? client).get<GetEventsBalanceResponses, GetEventsBalanceErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/v1/events/balance',
    ...options
});

/**
 * Offer a listing on every date of a recurrence
 *
 * All of them or none, each a listing of its own that begins when the local clock shows what it shows at the first.
 */
export const createEventsSeries = <ThrowOnError extends boolean = false>(options: Options<CreateEventsSeriesData, ThrowOnError>): RequestResult<CreateEventsSeriesResponses, CreateEventsSeriesErrors, ThrowOnError> => (options.client ?? client).post<CreateEventsSeriesResponses, CreateEventsSeriesErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/v1/events/series',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * The codes of a booking's tickets
 *
 * Once it is confirmed and as long as it is not over. A code is signed, and no secret.
 */
export const listEventsTickets = <ThrowOnError extends boolean = false>(options: Options<ListEventsTicketsData, ThrowOnError>): RequestResult<ListEventsTicketsResponses, ListEventsTicketsErrors, ThrowOnError> => (options.client ?? client).get<ListEventsTicketsResponses, ListEventsTicketsErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/v1/events/bookings/{booking}/tickets',
    ...options
});

/**
 * Give the codes of a booking out anew, and revoke those before
 */
export const reissueEventsTickets = <ThrowOnError extends boolean = false>(options: Options<ReissueEventsTicketsData, ThrowOnError>): RequestResult<ReissueEventsTicketsResponses, ReissueEventsTicketsErrors, ThrowOnError> => (options.client ?? client).post<ReissueEventsTicketsResponses, ReissueEventsTicketsErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/v1/events/bookings/{booking}/tickets',
    ...options
});

/**
 * What a gate has to know to verify codes without a connection
 */
export const getEventsGate = <ThrowOnError extends boolean = false>(options: Options<GetEventsGateData, ThrowOnError>): RequestResult<GetEventsGateResponses, GetEventsGateErrors, ThrowOnError> => (options.client ?? client).get<GetEventsGateResponses, GetEventsGateErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/v1/events/listings/{listing}/gate',
    ...options
});

/**
 * Bring what the gates of a listing have scanned
 *
 * At most 500 scans, each answered on its own. Without an instant a gate asks whether to open; with one it tells what it did on its own. A scan that is brought again changes nothing.
 */
export const scanEventsTickets = <ThrowOnError extends boolean = false>(options: Options<ScanEventsTicketsData, ThrowOnError>): RequestResult<ScanEventsTicketsResponses, ScanEventsTicketsErrors, ThrowOnError> => (options.client ?? client).post<ScanEventsTicketsResponses, ScanEventsTicketsErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/v1/events/listings/{listing}/scans',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * Search listings
 *
 * Listings that take bookings, nearest first where latitude, longitude and radiusMetres are given together. With mine, the caller's own, hidden ones too.
 */
export const searchParkingListings = <ThrowOnError extends boolean = false>(options?: Options<SearchParkingListingsData, ThrowOnError>): RequestResult<SearchParkingListingsResponses, SearchParkingListingsErrors, ThrowOnError> => (options?.client ?? client).get<SearchParkingListingsResponses, SearchParkingListingsErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/v1/parking/listings',
    ...options
});

/**
 * Offer a listing
 */
export const createParkingListing = <ThrowOnError extends boolean = false>(options: Options<CreateParkingListingData, ThrowOnError>): RequestResult<CreateParkingListingResponses, CreateParkingListingErrors, ThrowOnError> => (options.client ?? client).post<CreateParkingListingResponses, CreateParkingListingErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/v1/parking/listings',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * The listings that would take a wish, best first, and why
 *
 * Only what could be booked is found: a request is decided as booking it would be. The features are covered (boolean), surface (string), connector (string), camera (boolean), lighting (boolean), booking (string), hourlyRate (number). Of a hundred, distance 40, price 30, host rating 20, availability 10; of equal scores the nearest. At most 500 listings are looked at, the nearest of those that may fit; more says that there are others.
 */
export const findParkingListings = <ThrowOnError extends boolean = false>(options: Options<FindParkingListingsData, ThrowOnError>): RequestResult<FindParkingListingsResponses, FindParkingListingsErrors, ThrowOnError> => (options.client ?? client).post<FindParkingListingsResponses, FindParkingListingsErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/v1/parking/listings/search',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * Change what a listing offers
 *
 * For its provider, within what the marketplace lets providers amend, and for operators. The listing is given whole. Bookings keep what they were offered; while some are live, the date changes only where the listing is paused, and they move along.
 */
export const amendParkingListing = <ThrowOnError extends boolean = false>(options: Options<AmendParkingListingData, ThrowOnError>): RequestResult<AmendParkingListingResponses, AmendParkingListingErrors, ThrowOnError> => (options.client ?? client).post<AmendParkingListingResponses, AmendParkingListingErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/v1/parking/listings/{listing}/amendments',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * What a request would cost, and what would refuse it
 *
 * With bundle, as one of so many that are booked together, where the marketplace sells bundles.
 */
export const quoteParking = <ThrowOnError extends boolean = false>(options: Options<QuoteParkingData, ThrowOnError>): RequestResult<QuoteParkingResponses, QuoteParkingErrors, ThrowOnError> => (options.client ?? client).post<QuoteParkingResponses, QuoteParkingErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/v1/parking/listings/{listing}/quotes',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * Book
 *
 * With expected, a price other than the one agreed to is refused. With wallet, what is in the customer's wallet is spent first. With waitlist, one waits for a place where none is free, if the marketplace has a waitlist.
 */
export const bookParking = <ThrowOnError extends boolean = false>(options: Options<BookParkingData, ThrowOnError>): RequestResult<BookParkingResponses, BookParkingErrors, ThrowOnError> => (options.client ?? client).post<BookParkingResponses, BookParkingErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/v1/parking/listings/{listing}/bookings',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * Change what a booking asks for
 */
export const amendParking = <ThrowOnError extends boolean = false>(options: Options<AmendParkingData, ThrowOnError>): RequestResult<AmendParkingResponses, AmendParkingErrors, ThrowOnError> => (options.client ?? client).post<AmendParkingResponses, AmendParkingErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/v1/parking/bookings/{booking}/amendments',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * Pay the parties what is payable
 */
export const runParkingPayouts = <ThrowOnError extends boolean = false>(options?: Options<RunParkingPayoutsData, ThrowOnError>): RequestResult<RunParkingPayoutsResponses, RunParkingPayoutsErrors, ThrowOnError> => (options?.client ?? client).post<RunParkingPayoutsResponses, RunParkingPayoutsErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/v1/parking/payouts',
    ...options
});

/**
 * Issue the documents on what was taken of the parties in a time that is over
 *
 * For operators. Numbered without gaps in a series, the marketplace's own unless named. What was reversed is credited; what is on a document already is left out.
 */
export const issueParkingInvoices = <ThrowOnError extends boolean = false>(options: Options<IssueParkingInvoicesData, ThrowOnError>): RequestResult<IssueParkingInvoicesResponses, IssueParkingInvoicesErrors, ThrowOnError> => (options.client ?? client).post<IssueParkingInvoicesResponses, IssueParkingInvoicesErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/v1/parking/invoices',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * Pay the caller at once what it has in a currency, for a fee
 */
export const payOutParkingNow = <ThrowOnError extends boolean = false>(options: Options<PayOutParkingNowData, ThrowOnError>): RequestResult<PayOutParkingNowResponses, PayOutParkingNowErrors, ThrowOnError> => (options.client ?? client).post<PayOutParkingNowResponses, PayOutParkingNowErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/v1/parking/payouts/instant',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * What the caller has and was not paid, and what of it waits for which reason
 */
export const getParkingBalance = <ThrowOnError extends boolean = false>(options?: Options<GetParkingBalanceData, ThrowOnError>): RequestResult<GetParkingBalanceResponses, GetParkingBalanceErrors, ThrowOnError> => (options?.client ?? client).get<GetParkingBalanceResponses, GetParkingBalanceErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/v1/parking/balance',
    ...options
});

/**
 * Search listings
 *
 * Listings that take bookings, nearest first where latitude, longitude and radiusMetres are given together. With mine, the caller's own, hidden ones too.
 */
export const searchRidesListings = <ThrowOnError extends boolean = false>(options?: Options<SearchRidesListingsData, ThrowOnError>): RequestResult<SearchRidesListingsResponses, SearchRidesListingsErrors, ThrowOnError> => (options?.client ?? client).get<SearchRidesListingsResponses, SearchRidesListingsErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/v1/rides/listings',
    ...options
});

/**
 * Offer a listing
 */
export const createRidesListing = <ThrowOnError extends boolean = false>(options: Options<CreateRidesListingData, ThrowOnError>): RequestResult<CreateRidesListingResponses, CreateRidesListingErrors, ThrowOnError> => (options.client ?? client).post<CreateRidesListingResponses, CreateRidesListingErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/v1/rides/listings',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * The listings that would take a wish, best first, and why
 *
 * Only what could be booked is found: a request is decided as booking it would be. The listings have no features to ask for. The nearest come first. At most 500 listings are looked at, the nearest of those that may fit; more says that there are others.
 */
export const findRidesListings = <ThrowOnError extends boolean = false>(options: Options<FindRidesListingsData, ThrowOnError>): RequestResult<FindRidesListingsResponses, FindRidesListingsErrors, ThrowOnError> => (options.client ?? client).post<FindRidesListingsResponses, FindRidesListingsErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/v1/rides/listings/search',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * Change what a listing offers
 *
 * For its provider, within what the marketplace lets providers amend, and for operators. The listing is given whole. Bookings keep what they were offered; while some are live, the date changes only where the listing is paused, and they move along.
 */
export const amendRidesListing = <ThrowOnError extends boolean = false>(options: Options<AmendRidesListingData, ThrowOnError>): RequestResult<AmendRidesListingResponses, AmendRidesListingErrors, ThrowOnError> => (options.client ?? client).post<AmendRidesListingResponses, AmendRidesListingErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/v1/rides/listings/{listing}/amendments',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * What a request would cost, and what would refuse it
 *
 * With bundle, as one of so many that are booked together, where the marketplace sells bundles.
 */
export const quoteRides = <ThrowOnError extends boolean = false>(options: Options<QuoteRidesData, ThrowOnError>): RequestResult<QuoteRidesResponses, QuoteRidesErrors, ThrowOnError> => (options.client ?? client).post<QuoteRidesResponses, QuoteRidesErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/v1/rides/listings/{listing}/quotes',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * Book
 *
 * With expected, a price other than the one agreed to is refused. With wallet, what is in the customer's wallet is spent first. With waitlist, one waits for a place where none is free, if the marketplace has a waitlist.
 */
export const bookRides = <ThrowOnError extends boolean = false>(options: Options<BookRidesData, ThrowOnError>): RequestResult<BookRidesResponses, BookRidesErrors, ThrowOnError> => (options.client ?? client).post<BookRidesResponses, BookRidesErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/v1/rides/listings/{listing}/bookings',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * Change what a booking asks for
 */
export const amendRides = <ThrowOnError extends boolean = false>(options: Options<AmendRidesData, ThrowOnError>): RequestResult<AmendRidesResponses, AmendRidesErrors, ThrowOnError> => (options.client ?? client).post<AmendRidesResponses, AmendRidesErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/v1/rides/bookings/{booking}/amendments',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * Pay the parties what is payable
 */
export const runRidesPayouts = <ThrowOnError extends boolean = false>(options?: Options<RunRidesPayoutsData, ThrowOnError>): RequestResult<RunRidesPayoutsResponses, RunRidesPayoutsErrors, ThrowOnError> => (options?.client ?? client).post<RunRidesPayoutsResponses, RunRidesPayoutsErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/v1/rides/payouts',
    ...options
});

/**
 * Issue the documents on what was taken of the parties in a time that is over
 *
 * For operators. Numbered without gaps in a series, the marketplace's own unless named. What was reversed is credited; what is on a document already is left out.
 */
export const issueRidesInvoices = <ThrowOnError extends boolean = false>(options: Options<IssueRidesInvoicesData, ThrowOnError>): RequestResult<IssueRidesInvoicesResponses, IssueRidesInvoicesErrors, ThrowOnError> => (options.client ?? client).post<IssueRidesInvoicesResponses, IssueRidesInvoicesErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/v1/rides/invoices',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * Pay the caller at once what it has in a currency, for a fee
 */
export const payOutRidesNow = <ThrowOnError extends boolean = false>(options: Options<PayOutRidesNowData, ThrowOnError>): RequestResult<PayOutRidesNowResponses, PayOutRidesNowErrors, ThrowOnError> => (options.client ?? client).post<PayOutRidesNowResponses, PayOutRidesNowErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/v1/rides/payouts/instant',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * What the caller has and was not paid, and what of it waits for which reason
 */
export const getRidesBalance = <ThrowOnError extends boolean = false>(options?: Options<GetRidesBalanceData, ThrowOnError>): RequestResult<GetRidesBalanceResponses, GetRidesBalanceErrors, ThrowOnError> => (options?.client ?? client).get<GetRidesBalanceResponses, GetRidesBalanceErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/v1/rides/balance',
    ...options
});

/**
 * Book several listings together, all or none
 *
 * Each request is on another listing and becomes a booking of its own, which is paid, changed and cancelled by itself and keeps the price that it has in the bundle.
 */
export const bookRidesBundle = <ThrowOnError extends boolean = false>(options: Options<BookRidesBundleData, ThrowOnError>): RequestResult<BookRidesBundleResponses, BookRidesBundleErrors, ThrowOnError> => (options.client ?? client).post<BookRidesBundleResponses, BookRidesBundleErrors, ThrowOnError>({
    security: [{ scheme: 'bearer', type: 'http' }],
    url: '/v1/rides/bundles',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});

/**
 * What time it is in the sandbox
 */
export const readClock = <ThrowOnError extends boolean = false>(options?: Options<ReadClockData, ThrowOnError>): RequestResult<ReadClockResponses, ReadClockErrors, ThrowOnError> => (options?.client ?? client).get<ReadClockResponses, ReadClockErrors, ThrowOnError>({ url: '/sandbox/clock', ...options });

/**
 * Move the clock on and do what falls due
 */
export const setClock = <ThrowOnError extends boolean = false>(options: Options<SetClockData, ThrowOnError>): RequestResult<SetClockResponses, SetClockErrors, ThrowOnError> => (options.client ?? client).put<SetClockResponses, SetClockErrors, ThrowOnError>({
    url: '/sandbox/clock',
    ...options,
    headers: {
        'Content-Type': 'application/json',
        ...options.headers
    }
});
