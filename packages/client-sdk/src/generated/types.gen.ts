export type ClientOptions = {
    baseUrl: `${string}://${string}` | (string & {});
};

export type Account = {
    party: PartyId;
    block: {
        reason: string;
        since: Instant;
        until: Instant | null;
    } | null;
};

export type ActivitiesBooking = {
    id: BookingId;
    marketplace: string;
    listing: ListingId;
    customer: string;
    stage: string;
    phase: 'open' | 'held' | 'confirmed' | 'active' | 'settling' | 'done' | 'void';
    request: Participants;
    facts: {
        [key: string]: string | number | boolean;
    };
    quote: Quote;
    reference?: string;
    promotion?: string;
    wallet?: true;
    bundle?: Bundle;
    pending?: {
        request: Participants;
        facts: {
            [key: string]: string | number | boolean;
        };
        quote: Quote;
        during: Interval;
        until: Instant;
    };
    moved?: true;
    terms: string;
    channel: 'online' | 'cash';
    during: Interval;
    enteredAt: Instant;
    createdAt: Instant;
    lastEventAt: Instant;
    round: number;
    version: number;
};

export type ActivitiesListing = {
    id: ListingId;
    marketplace: string;
    provider: string;
    series?: SeriesId;
    parties: {
        [key: string]: string;
    };
    stage: string;
    phase: 'hidden' | 'open' | 'paused' | 'running' | 'ended' | 'withdrawn';
    attributes: Session;
    startsAt: Instant | null;
    endsAt: Instant | null;
    place: Place | null;
    delayed?: Delayed;
    /**
     * The reason that its last move was given, for its provider, its parties and operators
     */
    note?: string;
    enteredAt: Instant;
    createdAt: Instant;
    lastEventAt: Instant;
    version: number;
};

export type ActivitiesListingFound = {
    listing: ActivitiesListing;
    distanceMetres: number | null;
    price: Money | null;
    score: number;
    reasons: Array<RankingReason>;
};

export type ActivitiesListingPage = {
    items: Array<ActivitiesListing>;
    next: string | null;
};

export type ActivitiesListingsFound = {
    items: Array<ActivitiesListingFound>;
    next: string | null;
    more: boolean;
};

/**
 * Who gives a command, in which roles, and for whom
 */
export type Actor = {
    party: string;
    roles: Array<Role>;
    onBehalfOf?: PartyId;
};

export type AllowedListingMove = {
    move: string;
    to: string;
    refused: {
        reason: 'unknown-move' | 'wrong-stage' | 'not-for-you' | 'too-early' | 'too-late' | 'needs-party' | 'wrong-listing-stage' | 'unpaid';
        limit: Instant | null;
    } | null;
    asks: Array<'party' | 'reason'>;
};

export type AllowedMove = {
    move: string;
    to: string;
    refused: {
        reason: 'unknown-move' | 'wrong-stage' | 'not-for-you' | 'too-early' | 'too-late' | 'needs-party' | 'wrong-listing-stage' | 'unpaid';
        limit: Instant | null;
    } | null;
};

export type AmountMismatchProblem = {
    type: 'urn:berth:problem:amount-mismatch';
    title: string;
    status: 409;
    code: 'AmountMismatch';
    evidence: {
        expected: Money;
        reported: Money;
    };
};

export type Balance = {
    account: string;
    amount: Sum;
};

export type Balance1 = {
    available: Array<Money>;
    waiting: Array<WaitingCredit>;
};

export type BodyTooLargeProblem = {
    type: 'urn:berth:problem:body-too-large';
    title: string;
    status: 413;
    code: 'BodyTooLarge';
    detail?: string;
    issues?: Array<ProblemIssue>;
};

export type Booking = {
    id: BookingId;
    marketplace: string;
    listing: ListingId;
    customer: string;
    stage: string;
    phase: 'open' | 'held' | 'confirmed' | 'active' | 'settling' | 'done' | 'void';
    request: unknown;
    facts: {
        [key: string]: string | number | boolean;
    };
    quote: Quote;
    reference?: string;
    promotion?: string;
    wallet?: true;
    bundle?: Bundle;
    pending?: {
        request: unknown;
        facts: {
            [key: string]: string | number | boolean;
        };
        quote: Quote;
        during: Interval;
        until: Instant;
    };
    moved?: true;
    terms: string;
    channel: 'online' | 'cash';
    during: Interval;
    enteredAt: Instant;
    createdAt: Instant;
    lastEventAt: Instant;
    round: number;
    version: number;
};

/**
 * The id of a booking
 */
export type BookingId = string;

export type BookingNotFoundProblem = {
    type: 'urn:berth:problem:booking-not-found';
    title: string;
    status: 404;
    code: 'BookingNotFound';
    evidence: {
        booking: string;
    };
};

export type BookingPage = {
    items: Array<Booking>;
    next: string | null;
};

export type Books = {
    balances: Array<Balance>;
};

export type Bundle = {
    id: BundleId;
    size: number;
};

/**
 * The id of a bundle of bookings
 */
export type BundleId = string;

export type BundleNotBookedProblem = {
    type: 'urn:berth:problem:bundle-not-booked';
    title: string;
    status: 409;
    code: 'BundleNotBooked';
    evidence: {
        index: number;
        listing: string;
        refusal: ListingNotFoundEncoded | InvalidInputEncoded | ListingNotOpenEncoded | MarketplaceNotFoundEncoded | PriceChangedEncoded | CashNotTakenEncoded | IdTakenEncoded | NotAdmittedEncoded | CapacityExceededEncoded | SeatsRefusedEncoded | ChannelNotAcceptedEncoded | NoCaseEncoded | UnknownMeasureEncoded | InvalidQuantityEncoded | PriceOutOfRangeEncoded | PromotionRefusedEncoded;
    };
};

export type CapacityExceededEncoded = {
    _tag: 'CapacityExceeded';
    resource: string;
    at: Instant;
    asked: number;
    open: number;
    held: number;
    confirmed: number;
    closed: number;
    other: number;
};

export type CapacityExceededProblem = {
    type: 'urn:berth:problem:capacity-exceeded';
    title: string;
    status: 409;
    code: 'CapacityExceeded';
    evidence: {
        resource: string;
        at: Instant;
        asked: number;
        open: number;
        held: number;
        confirmed: number;
        closed: number;
        other: number;
    };
};

export type CashNotTakenEncoded = {
    _tag: 'CashNotTaken';
    listing: string;
};

export type CashNotTakenProblem = {
    type: 'urn:berth:problem:cash-not-taken';
    title: string;
    status: 409;
    code: 'CashNotTaken';
    evidence: {
        listing: string;
    };
};

export type ChannelNotAcceptedEncoded = {
    _tag: 'ChannelNotAccepted';
    channel: 'online' | 'cash';
    accepted: Array<'online' | 'cash'>;
};

export type ChannelNotAcceptedProblem = {
    type: 'urn:berth:problem:channel-not-accepted';
    title: string;
    status: 422;
    code: 'ChannelNotAccepted';
    evidence: {
        channel: 'online' | 'cash';
        accepted: Array<'online' | 'cash'>;
    };
};

export type Claim = {
    resource: string;
    units: number;
    interval: Interval;
    holder: string;
    expiresAt: Instant | null;
};

/**
 * How local times are read that do not exist or exist twice
 */
export type ClockChanges = {
    skipped: 'forward' | 'omit';
    repeated: 'first' | 'second' | 'both';
};

export type ClockGoesForwardProblem = {
    type: 'urn:berth:problem:clock-goes-forward';
    title: string;
    status: 409;
    code: 'ClockGoesForward';
    evidence: {
        now: Instant;
    };
};

export type CodedTicket = {
    name: string;
    type: string;
    issue: number;
    code: string;
};

export type CodedTickets = {
    items: Array<CodedTicket>;
};

export type Comparison = {
    items: Array<Disagreement>;
    compared: number;
    next: string | null;
};

/**
 * An ISO 4217 alphabetic currency code
 */
export type Currency = 'AED' | 'AFN' | 'ALL' | 'AMD' | 'ANG' | 'AOA' | 'ARS' | 'AUD' | 'AWG' | 'AZN' | 'BAM' | 'BBD' | 'BDT' | 'BGN' | 'BHD' | 'BIF' | 'BMD' | 'BND' | 'BOB' | 'BOV' | 'BRL' | 'BSD' | 'BTN' | 'BWP' | 'BYN' | 'BZD' | 'CAD' | 'CDF' | 'CHE' | 'CHF' | 'CHW' | 'CLF' | 'CLP' | 'CNY' | 'COP' | 'COU' | 'CRC' | 'CUC' | 'CUP' | 'CVE' | 'CZK' | 'DJF' | 'DKK' | 'DOP' | 'DZD' | 'EGP' | 'ERN' | 'ETB' | 'EUR' | 'FJD' | 'FKP' | 'GBP' | 'GEL' | 'GHS' | 'GIP' | 'GMD' | 'GNF' | 'GTQ' | 'GYD' | 'HKD' | 'HNL' | 'HTG' | 'HUF' | 'IDR' | 'ILS' | 'INR' | 'IQD' | 'IRR' | 'ISK' | 'JMD' | 'JOD' | 'JPY' | 'KES' | 'KGS' | 'KHR' | 'KMF' | 'KPW' | 'KRW' | 'KWD' | 'KYD' | 'KZT' | 'LAK' | 'LBP' | 'LKR' | 'LRD' | 'LSL' | 'LYD' | 'MAD' | 'MDL' | 'MGA' | 'MKD' | 'MMK' | 'MNT' | 'MOP' | 'MRU' | 'MUR' | 'MVR' | 'MWK' | 'MXN' | 'MXV' | 'MYR' | 'MZN' | 'NAD' | 'NGN' | 'NIO' | 'NOK' | 'NPR' | 'NZD' | 'OMR' | 'PAB' | 'PEN' | 'PGK' | 'PHP' | 'PKR' | 'PLN' | 'PYG' | 'QAR' | 'RON' | 'RSD' | 'RUB' | 'RWF' | 'SAR' | 'SBD' | 'SCR' | 'SDG' | 'SEK' | 'SGD' | 'SHP' | 'SLE' | 'SOS' | 'SRD' | 'SSP' | 'STN' | 'SVC' | 'SYP' | 'SZL' | 'THB' | 'TJS' | 'TMT' | 'TND' | 'TOP' | 'TRY' | 'TTD' | 'TWD' | 'TZS' | 'UAH' | 'UGX' | 'USD' | 'USN' | 'UYI' | 'UYU' | 'UYW' | 'UZS' | 'VED' | 'VES' | 'VND' | 'VUV' | 'WST' | 'XAF' | 'XCD' | 'XOF' | 'XPF' | 'YER' | 'ZAR' | 'ZMW' | 'ZWG' | 'ZWL';

export type Delayed = {
    reason: string;
    estimate: Instant;
};

export type Difference = {
    kind: 'missing-at-provider';
    here: Movement;
} | {
    kind: 'missing-here';
    provider: Movement;
} | {
    kind: 'other-amount';
    here: Movement;
    provider: Movement;
} | {
    kind: 'twice-at-provider';
    provider: Movement;
} | {
    kind: 'twice-here';
    here: Movement;
};

export type Disagreement = {
    booking: string;
    figure: 'captured' | 'refunded' | 'escrow';
    expected: Money;
    inBook: Money;
};

export type Driveway = {
    title: string;
    place: Place;
    surface?: 'concrete' | 'asphalt' | 'gravel' | 'paved';
    covered: boolean;
    connector?: 'none' | 'tesla' | 'j1772' | 'ccs';
    camera?: boolean;
    lighting?: boolean;
    maxLengthInches: number;
    maxWidthInches: number;
    maxHeightInches?: number;
    /**
     * An amount of money in minor units of its currency
     */
    hourlyRate: {
        /**
         * Minor units of the currency: 1200 is 12.00 EUR
         */
        amount: number;
        currency: Currency;
    };
    /**
     * An amount of money in minor units of its currency
     */
    dailyRate?: {
        /**
         * Minor units of the currency: 1200 is 12.00 EUR
         */
        amount: number;
        currency: Currency;
    };
    /**
     * An amount of money in minor units of its currency
     */
    weeklyRate?: {
        /**
         * Minor units of the currency: 1200 is 12.00 EUR
         */
        amount: number;
        currency: Currency;
    };
    /**
     * An amount of money in minor units of its currency
     */
    monthlyRate?: {
        /**
         * Minor units of the currency: 1200 is 12.00 EUR
         */
        amount: number;
        currency: Currency;
    };
    shortestHours?: number;
    longestHours?: number;
    leadHours?: number;
    booking: 'instant' | 'approval';
    open?: Array<Interval> | DrivewayCalendar;
};

export type DrivewayCalendar = {
    /**
     * A time zone of the IANA database
     */
    zone: string;
    rules: Array<OpeningRule>;
    exceptions?: Array<{
        date: LocalDate;
        hours: Array<OpeningHours>;
    }>;
    extra?: Array<{
        during: Interval;
        units?: number;
    }>;
    blocked?: Array<Interval>;
    clocks?: ClockChanges;
};

export type Event = {
    stream: string;
    version: number;
    type: string;
    at: Instant;
    actor: Actor;
    data: {
        [key: string]: unknown;
    };
};

export type EventsBooking = {
    id: BookingId;
    marketplace: string;
    listing: ListingId;
    customer: string;
    stage: string;
    phase: 'open' | 'held' | 'confirmed' | 'active' | 'settling' | 'done' | 'void';
    request: Tickets;
    facts: {
        [key: string]: string | number | boolean;
    };
    quote: Quote;
    reference?: string;
    promotion?: string;
    wallet?: true;
    bundle?: Bundle;
    pending?: {
        request: Tickets;
        facts: {
            [key: string]: string | number | boolean;
        };
        quote: Quote;
        during: Interval;
        until: Instant;
    };
    moved?: true;
    terms: string;
    channel: 'online' | 'cash';
    during: Interval;
    enteredAt: Instant;
    createdAt: Instant;
    lastEventAt: Instant;
    round: number;
    version: number;
};

export type EventsListing = {
    id: ListingId;
    marketplace: string;
    provider: string;
    series?: SeriesId;
    parties: {
        [key: string]: string;
    };
    stage: string;
    phase: 'hidden' | 'open' | 'paused' | 'running' | 'ended' | 'withdrawn';
    attributes: HostedEvent;
    startsAt: Instant | null;
    endsAt: Instant | null;
    place: Place | null;
    delayed?: Delayed;
    /**
     * The reason that its last move was given, for its provider, its parties and operators
     */
    note?: string;
    enteredAt: Instant;
    createdAt: Instant;
    lastEventAt: Instant;
    version: number;
};

export type EventsListingFound = {
    listing: EventsListing;
    distanceMetres: number | null;
    price: Money | null;
    score: number;
    reasons: Array<RankingReason>;
};

export type EventsListingPage = {
    items: Array<EventsListing>;
    next: string | null;
};

export type EventsListingsFound = {
    items: Array<EventsListingFound>;
    next: string | null;
    more: boolean;
};

export type FeatureFilter = {
    feature: string;
    is: '=';
    value: string | number | boolean;
} | {
    feature: string;
    is: '<=' | '>=';
    value: number;
} | {
    feature: string;
    is: 'one-of';
    values: [
        string | number | boolean
    ];
};

export type FilterRefusedProblem = {
    type: 'urn:berth:problem:filter-refused';
    title: string;
    status: 422;
    code: 'FilterRefused';
    evidence: {
        feature: string;
        reason: 'unknown-feature' | 'other-kind';
        known: {
            [key: string]: 'string' | 'number' | 'boolean';
        };
    };
};

export type Gate = {
    tenant: string;
    listing: ListingId;
    opensAt: Instant | null;
    reentry: boolean;
    keys: Array<TicketKey>;
};

export type HoldNotExtendableProblem = {
    type: 'urn:berth:problem:hold-not-extendable';
    title: string;
    status: 409;
    code: 'HoldNotExtendable';
    evidence: {
        stage: string;
        reason: 'stage' | 'used-up' | 'no-later';
    };
};

export type HostedEvent = {
    title: string;
    category: string;
    place: Place;
    during: Interval;
    places: number;
    tickets: [
        TicketKind,
        TicketKind
    ];
    seating?: SeatMap;
    earlyUntil?: Instant;
    group?: {
        from: number;
        percentOff: number;
    };
    reentry?: boolean;
    booking: 'instant' | 'approval';
};

export type IdTakenEncoded = {
    _tag: 'IdTaken';
    id: string;
};

export type IdTakenProblem = {
    type: 'urn:berth:problem:id-taken';
    title: string;
    status: 409;
    code: 'IdTaken';
    evidence: {
        id: string;
    };
};

/**
 * Recognises a repetition of the same request
 */
export type IdempotencyKey = string;

export type IncompleteSearchProblem = {
    type: 'urn:berth:problem:incomplete-search';
    title: string;
    status: 422;
    code: 'IncompleteSearch';
    evidence: {
        needs: 'latitude, longitude and radiusMetres' | 'from before to';
    };
};

/**
 * An RFC 3339 date and time with an offset from UTC, of the years 1970 to 9999
 */
export type Instant = string;

export type InternalErrorProblem = {
    type: 'urn:berth:problem:internal-error';
    title: string;
    status: 500;
    code: 'InternalError';
    detail?: string;
    issues?: Array<ProblemIssue>;
};

/**
 * A half-open interval: it contains its start but not its end
 */
export type Interval = {
    start: Instant;
    end: Instant;
};

export type InvalidInputEncoded = {
    _tag: 'InvalidInput';
    what: 'listing' | 'request' | 'usage' | 'promotion' | 'award' | 'reason' | 'credit' | 'fee' | 'wish' | 'series' | 'bundle' | 'delay' | 'profile' | 'search' | 'scans';
    issues: Array<{
        path: Array<string | number>;
        message: string;
    }>;
};

export type InvalidInputProblem = {
    type: 'urn:berth:problem:invalid-input';
    title: string;
    status: 422;
    code: 'InvalidInput';
    evidence: {
        what: 'listing' | 'request' | 'usage' | 'promotion' | 'award' | 'reason' | 'credit' | 'fee' | 'wish' | 'series' | 'bundle' | 'delay' | 'profile' | 'search' | 'scans';
        issues: Array<{
            path: Array<string | number>;
            message: string;
        }>;
    };
};

export type InvalidQuantityEncoded = {
    _tag: 'InvalidQuantity';
    measure: string;
    value: string;
};

export type InvalidQuantityProblem = {
    type: 'urn:berth:problem:invalid-quantity';
    title: string;
    status: 422;
    code: 'InvalidQuantity';
    evidence: {
        measure: string;
        value: string;
    };
};

export type InvalidRequestProblem = {
    type: 'urn:berth:problem:invalid-request';
    title: string;
    status: 400;
    code: 'InvalidRequest';
    detail?: string;
    issues?: Array<ProblemIssue>;
};

export type Invoice = {
    id: InvoiceId;
    run: InvoiceId;
    series: string;
    number: number;
    kind: 'invoice' | 'credit-note';
    marketplace: string;
    party: string;
    during: Interval;
    at: Instant;
    lines: Array<InvoiceLine>;
    net: Money;
    tax: Money;
    gross: Money;
};

/**
 * The id of an invoice or credit note
 */
export type InvoiceId = string;

export type InvoiceLine = {
    journal: string;
    booking: string | null;
    at: Instant;
    net: Money;
    tax: Money;
    gross: Money;
};

export type InvoiceNotFoundProblem = {
    type: 'urn:berth:problem:invoice-not-found';
    title: string;
    status: 404;
    code: 'InvoiceNotFound';
    evidence: {
        invoice: string;
    };
};

export type InvoicePage = {
    items: Array<Invoice>;
    next: string | null;
};

/**
 * What documents are numbered within
 */
export type InvoiceSeries = string;

export type IssuedInvoices = {
    run: string;
    items: Array<Invoice>;
    next: string | null;
};

export type Journal = {
    id: string;
    kind: 'pay-in' | 'settlement' | 'refund' | 'payout' | 'fee' | 'debt' | 'reversal' | 'adjustment';
    reason: string;
    booking: string | null;
    payout: string | null;
    move: string | null;
    part: number;
    round: number;
    at: Instant;
    postings: Array<Posting>;
};

export type KeyReusedProblem = {
    type: 'urn:berth:problem:key-reused';
    title: string;
    status: 422;
    code: 'KeyReused';
    evidence: {
        key: string;
    };
};

export type LifecycleMove = {
    move: string;
    from: Array<string>;
    to: string;
    by: Array<string>;
};

export type Listing = {
    id: ListingId;
    marketplace: string;
    provider: string;
    series?: SeriesId;
    parties: {
        [key: string]: string;
    };
    stage: string;
    phase: 'hidden' | 'open' | 'paused' | 'running' | 'ended' | 'withdrawn';
    attributes: unknown;
    startsAt: Instant | null;
    endsAt: Instant | null;
    place: Place | null;
    delayed?: Delayed;
    /**
     * The reason that its last move was given, for its provider, its parties and operators
     */
    note?: string;
    enteredAt: Instant;
    createdAt: Instant;
    lastEventAt: Instant;
    version: number;
};

/**
 * The id of a listing
 */
export type ListingId = string;

export type ListingNotAmendableProblem = {
    type: 'urn:berth:problem:listing-not-amendable';
    title: string;
    status: 409;
    code: 'ListingNotAmendable';
    evidence: {
        listing: string;
        reason: 'phase' | 'attribute' | 'schedule' | 'price' | 'past';
        attribute: string | null;
        bookings: number;
    };
};

export type ListingNotFoundEncoded = {
    _tag: 'ListingNotFound';
    listing: string;
};

export type ListingNotFoundProblem = {
    type: 'urn:berth:problem:listing-not-found';
    title: string;
    status: 404;
    code: 'ListingNotFound';
    evidence: {
        listing: string;
    };
};

export type ListingNotOpenEncoded = {
    _tag: 'ListingNotOpen';
    listing: string;
    stage: string;
};

export type ListingNotOpenProblem = {
    type: 'urn:berth:problem:listing-not-open';
    title: string;
    status: 409;
    code: 'ListingNotOpen';
    evidence: {
        listing: string;
        stage: string;
    };
};

export type Listing1 = {
    id: ListingId;
    marketplace: string;
    provider: string;
    series?: SeriesId;
    parties: {
        [key: string]: string;
    };
    stage: string;
    phase: 'hidden' | 'open' | 'paused' | 'running' | 'ended' | 'withdrawn';
    attributes: unknown;
    startsAt: Instant | null;
    endsAt: Instant | null;
    place: Place | null;
    delayed?: Delayed;
    /**
     * The reason that its last move was given, for its provider, its parties and operators
     */
    note?: string;
    enteredAt: Instant;
    createdAt: Instant;
    lastEventAt: Instant;
    version: number;
};

/**
 * A date of the local calendar
 */
export type LocalDate = string;

/**
 * A time of the local clock
 */
export type LocalTime = string;

export type MalformedJsonProblem = {
    type: 'urn:berth:problem:malformed-json';
    title: string;
    status: 400;
    code: 'MalformedJson';
    detail?: string;
    issues?: Array<ProblemIssue>;
};

export type Marketplace = {
    name: string;
    bookings: {
        stages: Array<{
            stage: string;
            phase: 'open' | 'held' | 'confirmed' | 'active' | 'settling' | 'done' | 'void';
        }>;
        moves: Array<LifecycleMove>;
    };
    listings: {
        stages: Array<{
            stage: string;
            phase: 'hidden' | 'open' | 'paused' | 'running' | 'ended' | 'withdrawn';
        }>;
        moves: Array<LifecycleMove>;
    };
    channels: Array<'online' | 'cash'>;
};

export type MarketplaceNotFoundEncoded = {
    _tag: 'MarketplaceNotFound';
    marketplace: string;
};

export type MarketplaceNotFoundProblem = {
    type: 'urn:berth:problem:marketplace-not-found';
    title: string;
    status: 404;
    code: 'MarketplaceNotFound';
    evidence: {
        marketplace: string;
    };
};

export type MilestoneNotReleasableProblem = {
    type: 'urn:berth:problem:milestone-not-releasable';
    title: string;
    status: 409;
    code: 'MilestoneNotReleasable';
    evidence: {
        milestone: string;
        reason: 'unknown-milestone' | 'not-its-turn' | 'unpaid' | 'stage';
    };
};

/**
 * An amount of money in minor units of its currency
 */
export type Money = {
    /**
     * Minor units of the currency: 1200 is 12.00 EUR
     */
    amount: number;
    currency: Currency;
};

export type MoveNotAllowedProblem = {
    type: 'urn:berth:problem:move-not-allowed';
    title: string;
    status: 409;
    code: 'MoveNotAllowed';
    evidence: {
        move: string;
        stage: string;
        reason: 'unknown-move' | 'wrong-stage' | 'not-for-you' | 'too-early' | 'too-late' | 'needs-party' | 'wrong-listing-stage' | 'unpaid';
        limit: Instant | null;
    };
};

export type Movement = {
    kind: 'pay-in' | 'refund' | 'payout' | 'fee';
    reference: string;
    amount: Money;
};

export type NoCaseEncoded = {
    _tag: 'NoCase';
    fact: string;
    value: string | number | boolean | null;
};

export type NoCaseProblem = {
    type: 'urn:berth:problem:no-case';
    title: string;
    status: 422;
    code: 'NoCase';
    evidence: {
        fact: string;
        value: string | number | boolean | null;
    };
};

export type NoSeatsTogetherProblem = {
    type: 'urn:berth:problem:no-seats-together';
    title: string;
    status: 409;
    code: 'NoSeatsTogether';
    evidence: {
        party: number;
        accessible: number;
        largestBlock: number;
        free: number;
        freeAccessible: number;
        kept: number;
    };
};

export type NotAdmittedEncoded = {
    _tag: 'NotAdmitted';
    reason: string;
    fact: string;
    value: string | number | boolean;
};

export type NotAdmittedProblem = {
    type: 'urn:berth:problem:not-admitted';
    title: string;
    status: 422;
    code: 'NotAdmitted';
    evidence: {
        reason: string;
        fact: string;
        value: string | number | boolean;
    };
};

export type NotAmendableProblem = {
    type: 'urn:berth:problem:not-amendable';
    title: string;
    status: 409;
    code: 'NotAmendable';
    evidence: {
        stage: string;
        reason: 'phase' | 'too-late' | 'needs-approval';
    };
};

export type NotDelayableProblem = {
    type: 'urn:berth:problem:not-delayable';
    title: string;
    status: 409;
    code: 'NotDelayable';
    evidence: {
        listing: string;
        stage: string;
        reason: 'never' | 'stage';
    };
};

export type NotInstantProblem = {
    type: 'urn:berth:problem:not-instant';
    title: string;
    status: 409;
    code: 'NotInstant';
    evidence: {
        reason: 'not-offered' | 'account-blocked' | 'nothing-owed' | 'below-minimum';
        available: Money;
    };
};

export type NotPermittedProblem = {
    type: 'urn:berth:problem:not-permitted';
    title: string;
    status: 403;
    code: 'NotPermitted';
    evidence: {
        needs: string;
    };
};

export type Notice = {
    id: string;
    kind: string;
    subject: string;
    at: Instant;
};

export type OpeningHours = {
    opens: LocalTime;
    closes?: LocalTime;
    lasts?: Span;
    units?: number;
};

export type OpeningRule = {
    from: LocalDate;
    rrule?: RecurrenceRule;
    also?: Array<LocalDate>;
    except?: Array<LocalDate>;
    opens: LocalTime;
    closes?: LocalTime;
    lasts?: Span;
    units?: number;
};

export type ParkingBooking = {
    id: BookingId;
    marketplace: string;
    listing: ListingId;
    customer: string;
    stage: string;
    phase: 'open' | 'held' | 'confirmed' | 'active' | 'settling' | 'done' | 'void';
    request: Stay;
    facts: {
        [key: string]: string | number | boolean;
    };
    quote: Quote;
    reference?: string;
    promotion?: string;
    wallet?: true;
    bundle?: Bundle;
    pending?: {
        request: Stay;
        facts: {
            [key: string]: string | number | boolean;
        };
        quote: Quote;
        during: Interval;
        until: Instant;
    };
    moved?: true;
    terms: string;
    channel: 'online' | 'cash';
    during: Interval;
    enteredAt: Instant;
    createdAt: Instant;
    lastEventAt: Instant;
    round: number;
    version: number;
};

export type ParkingListing = {
    id: ListingId;
    marketplace: string;
    provider: string;
    series?: SeriesId;
    parties: {
        [key: string]: string;
    };
    stage: string;
    phase: 'hidden' | 'open' | 'paused' | 'running' | 'ended' | 'withdrawn';
    attributes: Driveway;
    startsAt: Instant | null;
    endsAt: Instant | null;
    place: Place | null;
    delayed?: Delayed;
    /**
     * The reason that its last move was given, for its provider, its parties and operators
     */
    note?: string;
    enteredAt: Instant;
    createdAt: Instant;
    lastEventAt: Instant;
    version: number;
};

export type ParkingListingFound = {
    listing: ParkingListing;
    distanceMetres: number | null;
    price: Money | null;
    score: number;
    reasons: Array<RankingReason>;
};

export type ParkingListingPage = {
    items: Array<ParkingListing>;
    next: string | null;
};

export type ParkingListingsFound = {
    items: Array<ParkingListingFound>;
    next: string | null;
    more: boolean;
};

export type Participants = {
    participants: number;
    begins?: Instant;
};

/**
 * The name of a party
 */
export type PartyId = string;

export type PartyStatement = {
    account: string;
    during: Interval;
    opening: Money;
    entries: Array<StatementEntry>;
    closing: Money;
    next: string | null;
};

export type Payment = {
    id: string;
    booking: string;
    amount: Money;
    status: 'requested' | 'captured' | 'failed' | 'abandoned';
    refunded: Money;
    source?: 'wallet';
};

/**
 * The id of a payment
 */
export type PaymentId = string;

export type PaymentNotFoundProblem = {
    type: 'urn:berth:problem:payment-not-found';
    title: string;
    status: 404;
    code: 'PaymentNotFound';
    evidence: {
        payment: string;
    };
};

export type Payout = {
    id: string;
    marketplace: string;
    party: string;
    amount: Money;
    status: 'pending' | 'sent' | 'failed';
    at: Instant;
    lines: Array<PayoutLine>;
};

/**
 * The id of a payout
 */
export type PayoutId = string;

export type PayoutLine = {
    journal: string;
    index: number;
    booking: string | null;
    amount: Money;
};

export type PayoutNotFoundProblem = {
    type: 'urn:berth:problem:payout-not-found';
    title: string;
    status: 404;
    code: 'PayoutNotFound';
    evidence: {
        payout: string;
    };
};

export type PayoutPage = {
    items: Array<Payout>;
    next: string | null;
};

export type PayoutRun = {
    payouts: Array<Payout>;
    waiting: Array<WaitingCredit>;
};

export type PeriodNotOverProblem = {
    type: 'urn:berth:problem:period-not-over';
    title: string;
    status: 409;
    code: 'PeriodNotOver';
    evidence: {
        end: Instant;
        now: Instant;
    };
};

/**
 * A point on the earth in WGS 84 degrees
 */
export type Place = {
    latitude: number;
    longitude: number;
};

export type Posting = {
    account: string;
    amount: Money;
};

export type PresentedScan = {
    id: string;
    code: string;
    at?: Instant;
    gate: string;
    direction: 'in' | 'out';
};

export type PriceChangedEncoded = {
    _tag: 'PriceChanged';
    expected: Money;
    actual: Money;
};

export type PriceChangedProblem = {
    type: 'urn:berth:problem:price-changed';
    title: string;
    status: 409;
    code: 'PriceChanged';
    evidence: {
        expected: Money;
        actual: Money;
    };
};

export type PriceOutOfRangeEncoded = {
    _tag: 'PriceOutOfRange';
    amount: string;
    currency: string;
};

export type PriceOutOfRangeProblem = {
    type: 'urn:berth:problem:price-out-of-range';
    title: string;
    status: 422;
    code: 'PriceOutOfRange';
    evidence: {
        amount: string;
        currency: string;
    };
};

export type PricedRequest = {
    lines: Array<QuoteLine>;
    total: Money;
    tariff: string;
    refusals: Array<{
        reason: string;
        fact: string;
        value: string | number | boolean;
    }>;
};

export type ProblemIssue = {
    path: string;
    message: string;
};

export type Profile = {
    marketplace: string;
    party: PartyId;
    facts: {
        [key: string]: string | number | boolean;
    };
    since: Instant | null;
    by: PartyId | null;
};

export type Promotion = {
    code: PromotionCode;
    label?: string;
    discount: {
        percent: string;
    } | {
        /**
         * An amount of money in minor units of its currency
         */
        amount: {
            /**
             * Minor units of the currency: 1200 is 12.00 EUR
             */
            amount: number;
            currency: Currency;
        };
    };
    /**
     * An amount of money in minor units of its currency
     */
    minimumPurchase?: {
        /**
         * Minor units of the currency: 1200 is 12.00 EUR
         */
        amount: number;
        currency: Currency;
    };
    /**
     * An amount of money in minor units of its currency
     */
    maximumDiscount?: {
        /**
         * Minor units of the currency: 1200 is 12.00 EUR
         */
        amount: number;
        currency: Currency;
    };
    during?: Interval;
    scope?: {
        [key: string]: Array<string | number | boolean>;
    };
    totalUses?: number;
    usesPerCustomer?: number;
    bearer?: Role;
};

/**
 * The code of a promotion
 */
export type PromotionCode = string;

export type PromotionNotFoundProblem = {
    type: 'urn:berth:problem:promotion-not-found';
    title: string;
    status: 404;
    code: 'PromotionNotFound';
    evidence: {
        promotion: string;
    };
};

export type PromotionPage = {
    items: Array<PromotionStanding>;
    next: string | null;
};

export type PromotionRefusedEncoded = {
    _tag: 'PromotionRefused';
    code: string;
    reason: 'unknown' | 'ended' | 'not-yet' | 'over' | 'below-minimum' | 'out-of-scope' | 'used-up' | 'used-by-you';
    at?: Instant;
    minimum?: Money;
    fact?: string;
    value?: string | number | boolean | null;
    uses?: number;
};

export type PromotionRefusedProblem = {
    type: 'urn:berth:problem:promotion-refused';
    title: string;
    status: 422;
    code: 'PromotionRefused';
    evidence: {
        code: string;
        reason: 'unknown' | 'ended' | 'not-yet' | 'over' | 'below-minimum' | 'out-of-scope' | 'used-up' | 'used-by-you';
        at?: Instant;
        minimum?: Money;
        fact?: string;
        value?: string | number | boolean | null;
        uses?: number;
    };
};

export type PromotionStanding = {
    promotion: Promotion;
    uses: number;
    endedAt: Instant | null;
};

export type ProviderFee = {
    reference: string;
    /**
     * An amount of money in minor units of its currency
     */
    amount: {
        /**
         * Minor units of the currency: 1200 is 12.00 EUR
         */
        amount: number;
        currency: Currency;
    };
};

export type Quote = {
    lines: Array<QuoteLine>;
    total: Money;
    tariff: string;
};

export type QuoteLine = {
    line: string;
    label: string;
    quantity?: number;
    measure?: string;
    rate?: QuoteRate;
    amount: Money;
    kept?: true;
};

export type QuoteRate = {
    amount: string;
    every: number;
} | {
    ratio: string;
    plus?: string;
};

export type RankingReason = {
    term: string;
    figure: number | null;
    points: number;
    weight: number;
    reason: string | null;
};

/**
 * A recurrence rule of RFC 5545 over dates: FREQ is DAILY, WEEKLY, MONTHLY or YEARLY, UNTIL a date
 */
export type RecurrenceRule = string;

export type Refund = {
    refund: Money;
    kept: Array<{
        line: string;
        amount: Money;
    }>;
    keptBy: string | null;
    reason: string;
};

export type RidesBooking = {
    id: BookingId;
    marketplace: string;
    listing: ListingId;
    customer: string;
    stage: string;
    phase: 'open' | 'held' | 'confirmed' | 'active' | 'settling' | 'done' | 'void';
    request: Seats;
    facts: {
        [key: string]: string | number | boolean;
    };
    quote: Quote;
    reference?: string;
    promotion?: string;
    wallet?: true;
    bundle?: Bundle;
    pending?: {
        request: Seats;
        facts: {
            [key: string]: string | number | boolean;
        };
        quote: Quote;
        during: Interval;
        until: Instant;
    };
    moved?: true;
    terms: string;
    channel: 'online' | 'cash';
    during: Interval;
    enteredAt: Instant;
    createdAt: Instant;
    lastEventAt: Instant;
    round: number;
    version: number;
};

export type RidesBundle = {
    id: BundleId;
    bookings: Array<RidesBooking>;
};

export type RidesListing = {
    id: ListingId;
    marketplace: string;
    provider: string;
    series?: SeriesId;
    parties: {
        [key: string]: string;
    };
    stage: string;
    phase: 'hidden' | 'open' | 'paused' | 'running' | 'ended' | 'withdrawn';
    attributes: Trip;
    startsAt: Instant | null;
    endsAt: Instant | null;
    place: Place | null;
    delayed?: Delayed;
    /**
     * The reason that its last move was given, for its provider, its parties and operators
     */
    note?: string;
    enteredAt: Instant;
    createdAt: Instant;
    lastEventAt: Instant;
    version: number;
};

export type RidesListingFound = {
    listing: RidesListing;
    distanceMetres: number | null;
    price: Money | null;
    score: number;
    reasons: Array<RankingReason>;
};

export type RidesListingPage = {
    items: Array<RidesListing>;
    next: string | null;
};

export type RidesListingsFound = {
    items: Array<RidesListingFound>;
    next: string | null;
    more: boolean;
};

/**
 * What a party is in a marketplace
 */
export type Role = string;

export type SandboxTime = {
    now: Instant;
};

export type ScanAnswer = {
    id: string;
    verdict: 'admitted' | 'left' | 'unknown' | 'wrong-event' | 'unpaid' | 'cancelled' | 'revoked' | 'too-early' | 'too-late' | 'already-in' | 'not-in';
    ticket: ScannedTicket | null;
    since: ScannedSince | null;
    opensAt: Instant | null;
};

export type ScanAnswers = {
    items: Array<ScanAnswer>;
};

export type ScannedSince = {
    at: Instant;
    gate: string;
};

export type ScannedTicket = {
    booking: BookingId;
    name: string;
    type: string;
};

export type SeatMap = {
    sections: [
        SeatSection,
        SeatSection
    ];
    standing?: Array<StandingArea>;
};

export type SeatName = string;

export type SeatRow = {
    row: string;
    category?: string;
    seats: [
        [
            string,
            string
        ],
        [
            string,
            string
        ]
    ];
    accessible?: Array<string>;
    companions?: Array<string>;
};

export type SeatSection = {
    section: string;
    category: string;
    middle?: 'left' | 'right';
    rows: [
        SeatRow,
        SeatRow
    ];
};

export type Seating = {
    groups: Array<SeatingGroup>;
    leftAlone: Array<string>;
    released: boolean;
};

export type SeatingGroup = {
    section: string;
    row: string;
    category: string;
    seats: Array<string>;
    rowsBack: number;
    offsetHalfSeats: number;
    leavesLeft: number;
    leavesRight: number;
};

export type SeatingWish = {
    party: number;
    category?: string;
    accessible?: number;
    split?: boolean;
};

export type Seats = {
    seats: number;
    from?: string;
    to?: string;
};

export type SeatsRefusedEncoded = {
    _tag: 'SeatsRefused';
    refused: Array<{
        seat: string;
        reason: 'unknown' | 'asked-twice' | 'taken' | 'kept' | 'left-alone';
    }>;
};

export type SeatsRefusedProblem = {
    type: 'urn:berth:problem:seats-refused';
    title: string;
    status: 409;
    code: 'SeatsRefused';
    evidence: {
        refused: Array<{
            seat: string;
            reason: 'unknown' | 'asked-twice' | 'taken' | 'kept' | 'left-alone';
        }>;
    };
};

export type Series = {
    id: SeriesId;
    listings: Array<Listing1>;
};

/**
 * The id of a series of listings
 */
export type SeriesId = string;

export type SeriesRefusedProblem = {
    type: 'urn:berth:problem:series-refused';
    title: string;
    status: 422;
    code: 'SeriesRefused';
    evidence: {
        reason: 'endless' | 'too-many' | 'too-long' | 'empty' | 'undated';
        most: number;
        longestDays: number;
    };
};

/**
 * On which dates a listing is offered again
 */
export type SeriesRepeat = {
    /**
     * A time zone of the IANA database
     */
    zone: string;
    rrule?: RecurrenceRule;
    also?: Array<LocalDate>;
    except?: Array<LocalDate>;
    clocks?: {
        skipped: 'forward' | 'omit';
        repeated: 'first' | 'second';
    };
};

export type Session = {
    title: string;
    place: Place;
    /**
     * A half-open interval: it contains its start but not its end
     */
    during?: {
        start: Instant;
        end: Instant;
    };
    sessions?: Sessions;
    participants: number;
    /**
     * An amount of money in minor units of its currency
     */
    price: {
        /**
         * Minor units of the currency: 1200 is 12.00 EUR
         */
        amount: number;
        currency: Currency;
    };
    cancellation: 'moderate' | 'flexible' | 'strict';
};

export type Sessions = {
    /**
     * A time zone of the IANA database
     */
    zone: string;
    minutes: number;
    rules: [
        {
            from: LocalDate;
            rrule?: RecurrenceRule;
            also?: Array<LocalDate>;
            except?: Array<LocalDate>;
            begin: [
                LocalTime,
                LocalTime
            ];
        },
        {
            from: LocalDate;
            rrule?: RecurrenceRule;
            also?: Array<LocalDate>;
            except?: Array<LocalDate>;
            begin: [
                LocalTime,
                LocalTime
            ];
        }
    ];
    exceptions?: Array<{
        date: LocalDate;
        begin: Array<LocalTime>;
    }>;
    blocked?: Array<Interval>;
    clocks?: ClockChanges;
};

/**
 * A length of elapsed time: a whole number of seconds, minutes, hours, days of 24 hours, or weeks
 */
export type Span = string;

export type StandingArea = {
    area: string;
    category: string;
    places: number;
};

export type Statement = {
    quote: Quote;
    payments: Array<Payment>;
    journals: Array<Journal>;
    escrow: Money;
    heldUntil: Instant | null;
};

export type StatementEntry = {
    journal: string;
    kind: 'pay-in' | 'settlement' | 'refund' | 'payout' | 'fee' | 'debt' | 'reversal' | 'adjustment';
    reason: string;
    booking: string | null;
    payout: string | null;
    move: string | null;
    at: Instant;
    amount: Money;
    balance: Money;
};

export type Stay = {
    during: Interval;
    vehicle: {
        lengthInches: number;
        widthInches: number;
        heightInches: number;
    };
};

export type Stop = {
    name: string;
    place: Place;
    at: Instant;
};

export type StoreUnavailableProblem = {
    type: 'urn:berth:problem:store-unavailable';
    title: string;
    status: 503;
    code: 'StoreUnavailable';
};

export type Stranded = {
    marketplace: string;
    kind: 'booking' | 'listing';
    count: number;
    flaw: 'stage-gone' | 'phase-changed' | 'no-way-out' | 'deadline-gone';
    stage: string;
    from?: string;
    to?: string;
    move?: string;
};

/**
 * A sum of money in minor units of its currency
 */
export type Sum = {
    amount: number | string;
    currency: Currency;
};

export type TicketKey = {
    kty: string;
    crv: string;
    x: string;
};

export type TicketKind = {
    kind: string;
    label: string;
    /**
     * An amount of money in minor units of its currency
     */
    price: {
        /**
         * Minor units of the currency: 1200 is 12.00 EUR
         */
        amount: number;
        currency: Currency;
    };
    /**
     * An amount of money in minor units of its currency
     */
    earlyPrice?: {
        /**
         * Minor units of the currency: 1200 is 12.00 EUR
         */
        amount: number;
        currency: Currency;
    };
    places: number;
};

export type Tickets = {
    tickets: [
        {
            kind: string;
            quantity: number;
        },
        {
            kind: string;
            quantity: number;
        }
    ];
    seats?: Array<SeatName>;
    accessible?: number;
};

export type TicketsNotSignedProblem = {
    type: 'urn:berth:problem:tickets-not-signed';
    title: string;
    status: 409;
    code: 'TicketsNotSigned';
    evidence: {
        marketplace: string;
    };
};

export type TokenExpiredProblem = {
    type: 'urn:berth:problem:token-expired';
    title: string;
    status: 401;
    code: 'TokenExpired';
};

export type Trip = {
    kind: 'private' | 'shared';
    origin: {
        name: string;
        place: Place;
    };
    destination: {
        name: string;
        place: Place;
    };
    during: Interval;
    stops?: Array<Stop>;
    seats: number;
    vehicle: 'sedan' | 'suv' | 'van' | 'bus' | 'minivan' | 'minibus';
    fare: {
        tariff: 'metered' | 'zones' | 'transfer';
    } | {
        tariff: 'fixed';
        /**
         * An amount of money in minor units of its currency
         */
        amount: {
            /**
             * Minor units of the currency: 1200 is 12.00 EUR
             */
            amount: number;
            currency: Currency;
        };
    };
};

export type UnauthenticatedProblem = {
    type: 'urn:berth:problem:unauthenticated';
    title: string;
    status: 401;
    code: 'Unauthenticated';
    evidence: {
        reason: 'missing' | 'malformed' | 'algorithm' | 'signature' | 'notYetValid' | 'issuer' | 'audience' | 'claim';
        claim?: string;
    };
};

export type UnknownMeasureEncoded = {
    _tag: 'UnknownMeasure';
    rule: string;
    measure: string;
};

export type UnknownMeasureProblem = {
    type: 'urn:berth:problem:unknown-measure';
    title: string;
    status: 422;
    code: 'UnknownMeasure';
    evidence: {
        rule: string;
        measure: string;
    };
};

export type UnsupportedMediaTypeProblem = {
    type: 'urn:berth:problem:unsupported-media-type';
    title: string;
    status: 415;
    code: 'UnsupportedMediaType';
    detail?: string;
    issues?: Array<ProblemIssue>;
};

export type Vacancies = {
    full: boolean;
    left: Array<{
        request: unknown;
        left: number;
    }>;
};

export type WaitingCredit = {
    credit: {
        journal: string;
        index: number;
        booking: string | null;
        party: string;
        amount: Money;
        earnedAt: Instant;
        disputed: boolean;
        zone?: string;
        returned?: true;
    };
    reason: 'account-blocked' | 'in-hold' | 'disputed' | 'not-payout-day' | 'below-minimum' | 'nothing-owed';
    until: Instant | null;
};

export type ListMarketplacesData = {
    body?: never;
    path?: never;
    query?: never;
    url: '/v1/marketplaces';
};

export type ListMarketplacesErrors = {
    /**
     * Invalid request
     */
    400: InvalidRequestProblem;
    /**
     * Internal error
     */
    500: InternalErrorProblem;
};

export type ListMarketplacesError = ListMarketplacesErrors[keyof ListMarketplacesErrors];

export type ListMarketplacesResponses = {
    /**
     * Done
     */
    200: {
        items: Array<Marketplace>;
    };
};

export type ListMarketplacesResponse = ListMarketplacesResponses[keyof ListMarketplacesResponses];

export type GetListingData = {
    body?: never;
    path: {
        listing: ListingId;
    };
    query?: never;
    url: '/v1/listings/{listing}';
};

export type GetListingErrors = {
    /**
     * Invalid request
     */
    400: InvalidRequestProblem;
    /**
     * Unauthenticated, or Token expired
     */
    401: UnauthenticatedProblem | TokenExpiredProblem;
    /**
     * Listing not found
     */
    404: ListingNotFoundProblem;
    /**
     * Internal error
     */
    500: InternalErrorProblem;
    /**
     * Store unavailable
     */
    503: StoreUnavailableProblem;
};

export type GetListingError = GetListingErrors[keyof GetListingErrors];

export type GetListingResponses = {
    /**
     * Done
     */
    200: Listing;
};

export type GetListingResponse = GetListingResponses[keyof GetListingResponses];

export type AllowedListingMovesData = {
    body?: never;
    path: {
        listing: ListingId;
    };
    query?: never;
    url: '/v1/listings/{listing}/moves';
};

export type AllowedListingMovesErrors = {
    /**
     * Invalid request
     */
    400: InvalidRequestProblem;
    /**
     * Unauthenticated, or Token expired
     */
    401: UnauthenticatedProblem | TokenExpiredProblem;
    /**
     * Listing not found, or Marketplace not found
     */
    404: ListingNotFoundProblem | MarketplaceNotFoundProblem;
    /**
     * No case
     */
    422: NoCaseProblem;
    /**
     * Internal error
     */
    500: InternalErrorProblem;
    /**
     * Store unavailable
     */
    503: StoreUnavailableProblem;
};

export type AllowedListingMovesError = AllowedListingMovesErrors[keyof AllowedListingMovesErrors];

export type AllowedListingMovesResponses = {
    /**
     * Done
     */
    200: {
        items: Array<AllowedListingMove>;
    };
};

export type AllowedListingMovesResponse = AllowedListingMovesResponses[keyof AllowedListingMovesResponses];

export type MoveListingData = {
    body: {
        move: string;
        party?: PartyId;
        /**
         * Given where the move asks for one: 1 to 500 characters
         */
        reason?: string;
    };
    headers?: {
        'idempotency-key'?: IdempotencyKey;
    };
    path: {
        listing: ListingId;
    };
    query?: never;
    url: '/v1/listings/{listing}/moves';
};

export type MoveListingErrors = {
    /**
     * Invalid request, or Malformed json
     */
    400: InvalidRequestProblem | MalformedJsonProblem;
    /**
     * Unauthenticated, or Token expired
     */
    401: UnauthenticatedProblem | TokenExpiredProblem;
    /**
     * Not permitted
     */
    403: NotPermittedProblem;
    /**
     * Listing not found, or Marketplace not found
     */
    404: ListingNotFoundProblem | MarketplaceNotFoundProblem;
    /**
     * Move not allowed, or Capacity exceeded, or Cash not taken
     */
    409: MoveNotAllowedProblem | CapacityExceededProblem | CashNotTakenProblem;
    /**
     * Body too large
     */
    413: BodyTooLargeProblem;
    /**
     * Unsupported media type
     */
    415: UnsupportedMediaTypeProblem;
    /**
     * Invalid input, or No case, or Key reused
     */
    422: InvalidInputProblem | NoCaseProblem | KeyReusedProblem;
    /**
     * Internal error
     */
    500: InternalErrorProblem;
    /**
     * Store unavailable
     */
    503: StoreUnavailableProblem;
};

export type MoveListingError = MoveListingErrors[keyof MoveListingErrors];

export type MoveListingResponses = {
    /**
     * Done
     */
    200: Listing;
};

export type MoveListingResponse = MoveListingResponses[keyof MoveListingResponses];

export type GetSeriesData = {
    body?: never;
    path: {
        series: SeriesId;
    };
    query?: never;
    url: '/v1/series/{series}';
};

export type GetSeriesErrors = {
    /**
     * Invalid request
     */
    400: InvalidRequestProblem;
    /**
     * Unauthenticated, or Token expired
     */
    401: UnauthenticatedProblem | TokenExpiredProblem;
    /**
     * Listing not found
     */
    404: ListingNotFoundProblem;
    /**
     * Internal error
     */
    500: InternalErrorProblem;
    /**
     * Store unavailable
     */
    503: StoreUnavailableProblem;
};

export type GetSeriesError = GetSeriesErrors[keyof GetSeriesErrors];

export type GetSeriesResponses = {
    /**
     * Done
     */
    200: Series;
};

export type GetSeriesResponse = GetSeriesResponses[keyof GetSeriesResponses];

export type MoveSeriesData = {
    body: {
        move: string;
        /**
         * Given where the move asks for one: 1 to 500 characters
         */
        reason?: string;
    };
    headers?: {
        'idempotency-key'?: IdempotencyKey;
    };
    path: {
        series: SeriesId;
    };
    query?: never;
    url: '/v1/series/{series}/moves';
};

export type MoveSeriesErrors = {
    /**
     * Invalid request, or Malformed json
     */
    400: InvalidRequestProblem | MalformedJsonProblem;
    /**
     * Unauthenticated, or Token expired
     */
    401: UnauthenticatedProblem | TokenExpiredProblem;
    /**
     * Not permitted
     */
    403: NotPermittedProblem;
    /**
     * Listing not found, or Marketplace not found
     */
    404: ListingNotFoundProblem | MarketplaceNotFoundProblem;
    /**
     * Move not allowed, or Capacity exceeded, or Cash not taken
     */
    409: MoveNotAllowedProblem | CapacityExceededProblem | CashNotTakenProblem;
    /**
     * Body too large
     */
    413: BodyTooLargeProblem;
    /**
     * Unsupported media type
     */
    415: UnsupportedMediaTypeProblem;
    /**
     * Invalid input, or No case, or Key reused
     */
    422: InvalidInputProblem | NoCaseProblem | KeyReusedProblem;
    /**
     * Internal error
     */
    500: InternalErrorProblem;
    /**
     * Store unavailable
     */
    503: StoreUnavailableProblem;
};

export type MoveSeriesError = MoveSeriesErrors[keyof MoveSeriesErrors];

export type MoveSeriesResponses = {
    /**
     * Done
     */
    200: Series;
};

export type MoveSeriesResponse = MoveSeriesResponses[keyof MoveSeriesResponses];

export type ClearDelayData = {
    body?: never;
    headers?: {
        'idempotency-key'?: IdempotencyKey;
    };
    path: {
        listing: ListingId;
    };
    query?: never;
    url: '/v1/listings/{listing}/delay';
};

export type ClearDelayErrors = {
    /**
     * Invalid request
     */
    400: InvalidRequestProblem;
    /**
     * Unauthenticated, or Token expired
     */
    401: UnauthenticatedProblem | TokenExpiredProblem;
    /**
     * Not permitted
     */
    403: NotPermittedProblem;
    /**
     * Listing not found, or Marketplace not found
     */
    404: ListingNotFoundProblem | MarketplaceNotFoundProblem;
    /**
     * Not delayable
     */
    409: NotDelayableProblem;
    /**
     * Invalid input, or Key reused
     */
    422: InvalidInputProblem | KeyReusedProblem;
    /**
     * Internal error
     */
    500: InternalErrorProblem;
    /**
     * Store unavailable
     */
    503: StoreUnavailableProblem;
};

export type ClearDelayError = ClearDelayErrors[keyof ClearDelayErrors];

export type ClearDelayResponses = {
    /**
     * Done
     */
    200: Listing;
};

export type ClearDelayResponse = ClearDelayResponses[keyof ClearDelayResponses];

export type DelayListingData = {
    body: Delayed;
    headers?: {
        'idempotency-key'?: IdempotencyKey;
    };
    path: {
        listing: ListingId;
    };
    query?: never;
    url: '/v1/listings/{listing}/delay';
};

export type DelayListingErrors = {
    /**
     * Invalid request, or Malformed json
     */
    400: InvalidRequestProblem | MalformedJsonProblem;
    /**
     * Unauthenticated, or Token expired
     */
    401: UnauthenticatedProblem | TokenExpiredProblem;
    /**
     * Not permitted
     */
    403: NotPermittedProblem;
    /**
     * Listing not found, or Marketplace not found
     */
    404: ListingNotFoundProblem | MarketplaceNotFoundProblem;
    /**
     * Not delayable
     */
    409: NotDelayableProblem;
    /**
     * Body too large
     */
    413: BodyTooLargeProblem;
    /**
     * Unsupported media type
     */
    415: UnsupportedMediaTypeProblem;
    /**
     * Invalid input, or Key reused
     */
    422: InvalidInputProblem | KeyReusedProblem;
    /**
     * Internal error
     */
    500: InternalErrorProblem;
    /**
     * Store unavailable
     */
    503: StoreUnavailableProblem;
};

export type DelayListingError = DelayListingErrors[keyof DelayListingErrors];

export type DelayListingResponses = {
    /**
     * Done
     */
    200: Listing;
};

export type DelayListingResponse = DelayListingResponses[keyof DelayListingResponses];

export type ListSlotsData = {
    body?: never;
    path: {
        listing: ListingId;
    };
    query: {
        from: Instant;
        to: Instant;
        length?: Span;
        units?: number;
    };
    url: '/v1/listings/{listing}/slots';
};

export type ListSlotsErrors = {
    /**
     * Invalid request
     */
    400: InvalidRequestProblem;
    /**
     * Unauthenticated, or Token expired
     */
    401: UnauthenticatedProblem | TokenExpiredProblem;
    /**
     * Listing not found, or Marketplace not found
     */
    404: ListingNotFoundProblem | MarketplaceNotFoundProblem;
    /**
     * Listing not open
     */
    409: ListingNotOpenProblem;
    /**
     * Invalid input
     */
    422: InvalidInputProblem;
    /**
     * Internal error
     */
    500: InternalErrorProblem;
    /**
     * Store unavailable
     */
    503: StoreUnavailableProblem;
};

export type ListSlotsError = ListSlotsErrors[keyof ListSlotsErrors];

export type ListSlotsResponses = {
    /**
     * Done
     */
    200: {
        items: Array<Interval>;
    };
};

export type ListSlotsResponse = ListSlotsResponses[keyof ListSlotsResponses];

export type ListVacanciesData = {
    body?: never;
    path: {
        listing: ListingId;
    };
    query?: never;
    url: '/v1/listings/{listing}/vacancies';
};

export type ListVacanciesErrors = {
    /**
     * Invalid request
     */
    400: InvalidRequestProblem;
    /**
     * Unauthenticated, or Token expired
     */
    401: UnauthenticatedProblem | TokenExpiredProblem;
    /**
     * Listing not found, or Marketplace not found
     */
    404: ListingNotFoundProblem | MarketplaceNotFoundProblem;
    /**
     * Internal error
     */
    500: InternalErrorProblem;
    /**
     * Store unavailable
     */
    503: StoreUnavailableProblem;
};

export type ListVacanciesError = ListVacanciesErrors[keyof ListVacanciesErrors];

export type ListVacanciesResponses = {
    /**
     * Done
     */
    200: Vacancies;
};

export type ListVacanciesResponse = ListVacanciesResponses[keyof ListVacanciesResponses];

export type BestSeatsData = {
    body: SeatingWish;
    path: {
        listing: ListingId;
    };
    query?: never;
    url: '/v1/listings/{listing}/seats/best';
};

export type BestSeatsErrors = {
    /**
     * Invalid request, or Malformed json
     */
    400: InvalidRequestProblem | MalformedJsonProblem;
    /**
     * Unauthenticated, or Token expired
     */
    401: UnauthenticatedProblem | TokenExpiredProblem;
    /**
     * Listing not found, or Marketplace not found
     */
    404: ListingNotFoundProblem | MarketplaceNotFoundProblem;
    /**
     * No seats together
     */
    409: NoSeatsTogetherProblem;
    /**
     * Body too large
     */
    413: BodyTooLargeProblem;
    /**
     * Unsupported media type
     */
    415: UnsupportedMediaTypeProblem;
    /**
     * Invalid input
     */
    422: InvalidInputProblem;
    /**
     * Internal error
     */
    500: InternalErrorProblem;
    /**
     * Store unavailable
     */
    503: StoreUnavailableProblem;
};

export type BestSeatsError = BestSeatsErrors[keyof BestSeatsErrors];

export type BestSeatsResponses = {
    /**
     * Done
     */
    200: Seating;
};

export type BestSeatsResponse = BestSeatsResponses[keyof BestSeatsResponses];

export type ListClaimsData = {
    body?: never;
    path: {
        listing: ListingId;
    };
    query?: {
        from?: Instant;
        to?: Instant;
    };
    url: '/v1/listings/{listing}/claims';
};

export type ListClaimsErrors = {
    /**
     * Invalid request
     */
    400: InvalidRequestProblem;
    /**
     * Unauthenticated, or Token expired
     */
    401: UnauthenticatedProblem | TokenExpiredProblem;
    /**
     * Not permitted
     */
    403: NotPermittedProblem;
    /**
     * Listing not found
     */
    404: ListingNotFoundProblem;
    /**
     * Incomplete search
     */
    422: IncompleteSearchProblem;
    /**
     * Internal error
     */
    500: InternalErrorProblem;
    /**
     * Store unavailable
     */
    503: StoreUnavailableProblem;
};

export type ListClaimsError = ListClaimsErrors[keyof ListClaimsErrors];

export type ListClaimsResponses = {
    /**
     * Done
     */
    200: {
        items: Array<Claim>;
    };
};

export type ListClaimsResponse = ListClaimsResponses[keyof ListClaimsResponses];

export type ListBookingsData = {
    body?: never;
    path?: never;
    query?: {
        marketplace?: string;
        listing?: ListingId;
        bundle?: BundleId;
        reference?: string;
        after?: string;
        limit?: number;
    };
    url: '/v1/bookings';
};

export type ListBookingsErrors = {
    /**
     * Invalid request
     */
    400: InvalidRequestProblem;
    /**
     * Unauthenticated, or Token expired
     */
    401: UnauthenticatedProblem | TokenExpiredProblem;
    /**
     * Internal error
     */
    500: InternalErrorProblem;
    /**
     * Store unavailable
     */
    503: StoreUnavailableProblem;
};

export type ListBookingsError = ListBookingsErrors[keyof ListBookingsErrors];

export type ListBookingsResponses = {
    /**
     * Done
     */
    200: BookingPage;
};

export type ListBookingsResponse = ListBookingsResponses[keyof ListBookingsResponses];

export type GetBookingData = {
    body?: never;
    path: {
        booking: BookingId;
    };
    query?: never;
    url: '/v1/bookings/{booking}';
};

export type GetBookingErrors = {
    /**
     * Invalid request
     */
    400: InvalidRequestProblem;
    /**
     * Unauthenticated, or Token expired
     */
    401: UnauthenticatedProblem | TokenExpiredProblem;
    /**
     * Booking not found
     */
    404: BookingNotFoundProblem;
    /**
     * Internal error
     */
    500: InternalErrorProblem;
    /**
     * Store unavailable
     */
    503: StoreUnavailableProblem;
};

export type GetBookingError = GetBookingErrors[keyof GetBookingErrors];

export type GetBookingResponses = {
    /**
     * Done
     */
    200: Booking;
};

export type GetBookingResponse = GetBookingResponses[keyof GetBookingResponses];

export type AllowedMovesData = {
    body?: never;
    path: {
        booking: BookingId;
    };
    query?: never;
    url: '/v1/bookings/{booking}/moves';
};

export type AllowedMovesErrors = {
    /**
     * Invalid request
     */
    400: InvalidRequestProblem;
    /**
     * Unauthenticated, or Token expired
     */
    401: UnauthenticatedProblem | TokenExpiredProblem;
    /**
     * Booking not found
     */
    404: BookingNotFoundProblem;
    /**
     * Internal error
     */
    500: InternalErrorProblem;
    /**
     * Store unavailable
     */
    503: StoreUnavailableProblem;
};

export type AllowedMovesError = AllowedMovesErrors[keyof AllowedMovesErrors];

export type AllowedMovesResponses = {
    /**
     * Done
     */
    200: {
        items: Array<AllowedMove>;
    };
};

export type AllowedMovesResponse = AllowedMovesResponses[keyof AllowedMovesResponses];

export type MoveBookingData = {
    body: {
        move: string;
        usage?: unknown;
        award?: string;
    };
    headers?: {
        'idempotency-key'?: IdempotencyKey;
    };
    path: {
        booking: BookingId;
    };
    query?: never;
    url: '/v1/bookings/{booking}/moves';
};

export type MoveBookingErrors = {
    /**
     * Invalid request, or Malformed json
     */
    400: InvalidRequestProblem | MalformedJsonProblem;
    /**
     * Unauthenticated, or Token expired
     */
    401: UnauthenticatedProblem | TokenExpiredProblem;
    /**
     * Booking not found, or Marketplace not found
     */
    404: BookingNotFoundProblem | MarketplaceNotFoundProblem;
    /**
     * Move not allowed, or Capacity exceeded, or Listing not open
     */
    409: MoveNotAllowedProblem | CapacityExceededProblem | ListingNotOpenProblem;
    /**
     * Body too large
     */
    413: BodyTooLargeProblem;
    /**
     * Unsupported media type
     */
    415: UnsupportedMediaTypeProblem;
    /**
     * Invalid input, or No case, or Unknown measure, or Invalid quantity, or Price out of range, or Promotion refused, or Key reused
     */
    422: InvalidInputProblem | NoCaseProblem | UnknownMeasureProblem | InvalidQuantityProblem | PriceOutOfRangeProblem | PromotionRefusedProblem | KeyReusedProblem;
    /**
     * Internal error
     */
    500: InternalErrorProblem;
    /**
     * Store unavailable
     */
    503: StoreUnavailableProblem;
};

export type MoveBookingError = MoveBookingErrors[keyof MoveBookingErrors];

export type MoveBookingResponses = {
    /**
     * Done
     */
    200: Booking;
};

export type MoveBookingResponse = MoveBookingResponses[keyof MoveBookingResponses];

export type ReleaseMilestoneData = {
    body: {
        milestone: string;
    };
    headers?: {
        'idempotency-key'?: IdempotencyKey;
    };
    path: {
        booking: BookingId;
    };
    query?: never;
    url: '/v1/bookings/{booking}/releases';
};

export type ReleaseMilestoneErrors = {
    /**
     * Invalid request, or Malformed json
     */
    400: InvalidRequestProblem | MalformedJsonProblem;
    /**
     * Unauthenticated, or Token expired
     */
    401: UnauthenticatedProblem | TokenExpiredProblem;
    /**
     * Not permitted
     */
    403: NotPermittedProblem;
    /**
     * Booking not found, or Marketplace not found
     */
    404: BookingNotFoundProblem | MarketplaceNotFoundProblem;
    /**
     * Milestone not releasable
     */
    409: MilestoneNotReleasableProblem;
    /**
     * Body too large
     */
    413: BodyTooLargeProblem;
    /**
     * Unsupported media type
     */
    415: UnsupportedMediaTypeProblem;
    /**
     * No case, or Key reused
     */
    422: NoCaseProblem | KeyReusedProblem;
    /**
     * Internal error
     */
    500: InternalErrorProblem;
    /**
     * Store unavailable
     */
    503: StoreUnavailableProblem;
};

export type ReleaseMilestoneError = ReleaseMilestoneErrors[keyof ReleaseMilestoneErrors];

export type ReleaseMilestoneResponses = {
    /**
     * Done
     */
    200: Booking;
};

export type ReleaseMilestoneResponse = ReleaseMilestoneResponses[keyof ReleaseMilestoneResponses];

export type ExtendHoldData = {
    body?: never;
    headers?: {
        'idempotency-key'?: IdempotencyKey;
    };
    path: {
        booking: BookingId;
    };
    query?: never;
    url: '/v1/bookings/{booking}/extensions';
};

export type ExtendHoldErrors = {
    /**
     * Invalid request
     */
    400: InvalidRequestProblem;
    /**
     * Unauthenticated, or Token expired
     */
    401: UnauthenticatedProblem | TokenExpiredProblem;
    /**
     * Not permitted
     */
    403: NotPermittedProblem;
    /**
     * Booking not found, or Marketplace not found
     */
    404: BookingNotFoundProblem | MarketplaceNotFoundProblem;
    /**
     * Hold not extendable
     */
    409: HoldNotExtendableProblem;
    /**
     * No case, or Key reused
     */
    422: NoCaseProblem | KeyReusedProblem;
    /**
     * Internal error
     */
    500: InternalErrorProblem;
    /**
     * Store unavailable
     */
    503: StoreUnavailableProblem;
};

export type ExtendHoldError = ExtendHoldErrors[keyof ExtendHoldErrors];

export type ExtendHoldResponses = {
    /**
     * Done
     */
    200: Booking;
};

export type ExtendHoldResponse = ExtendHoldResponses[keyof ExtendHoldResponses];

export type PreviewRefundData = {
    body?: never;
    path: {
        booking: BookingId;
    };
    query: {
        move: string;
    };
    url: '/v1/bookings/{booking}/refund-preview';
};

export type PreviewRefundErrors = {
    /**
     * Invalid request
     */
    400: InvalidRequestProblem;
    /**
     * Unauthenticated, or Token expired
     */
    401: UnauthenticatedProblem | TokenExpiredProblem;
    /**
     * Booking not found
     */
    404: BookingNotFoundProblem;
    /**
     * Move not allowed
     */
    409: MoveNotAllowedProblem;
    /**
     * No case
     */
    422: NoCaseProblem;
    /**
     * Internal error
     */
    500: InternalErrorProblem;
    /**
     * Store unavailable
     */
    503: StoreUnavailableProblem;
};

export type PreviewRefundError = PreviewRefundErrors[keyof PreviewRefundErrors];

export type PreviewRefundResponses = {
    /**
     * Done
     */
    200: Refund;
};

export type PreviewRefundResponse = PreviewRefundResponses[keyof PreviewRefundResponses];

export type GetStatementData = {
    body?: never;
    path: {
        booking: BookingId;
    };
    query?: never;
    url: '/v1/bookings/{booking}/statement';
};

export type GetStatementErrors = {
    /**
     * Invalid request
     */
    400: InvalidRequestProblem;
    /**
     * Unauthenticated, or Token expired
     */
    401: UnauthenticatedProblem | TokenExpiredProblem;
    /**
     * Booking not found
     */
    404: BookingNotFoundProblem;
    /**
     * Internal error
     */
    500: InternalErrorProblem;
    /**
     * Store unavailable
     */
    503: StoreUnavailableProblem;
};

export type GetStatementError = GetStatementErrors[keyof GetStatementErrors];

export type GetStatementResponses = {
    /**
     * Done
     */
    200: Statement;
};

export type GetStatementResponse = GetStatementResponses[keyof GetStatementResponses];

export type ListEventsData = {
    body?: never;
    path: {
        booking: BookingId;
    };
    query?: never;
    url: '/v1/bookings/{booking}/events';
};

export type ListEventsErrors = {
    /**
     * Invalid request
     */
    400: InvalidRequestProblem;
    /**
     * Unauthenticated, or Token expired
     */
    401: UnauthenticatedProblem | TokenExpiredProblem;
    /**
     * Booking not found
     */
    404: BookingNotFoundProblem;
    /**
     * Internal error
     */
    500: InternalErrorProblem;
    /**
     * Store unavailable
     */
    503: StoreUnavailableProblem;
};

export type ListEventsError = ListEventsErrors[keyof ListEventsErrors];

export type ListEventsResponses = {
    /**
     * Done
     */
    200: {
        items: Array<Event>;
    };
};

export type ListEventsResponse = ListEventsResponses[keyof ListEventsResponses];

export type ReportPaymentData = {
    body: {
        outcome: 'captured' | 'failed' | 'charged-back';
        amount: Money;
    };
    path: {
        payment: PaymentId;
    };
    query?: never;
    url: '/v1/payments/{payment}/reports';
};

export type ReportPaymentErrors = {
    /**
     * Invalid request, or Malformed json
     */
    400: InvalidRequestProblem | MalformedJsonProblem;
    /**
     * Unauthenticated, or Token expired
     */
    401: UnauthenticatedProblem | TokenExpiredProblem;
    /**
     * Not permitted
     */
    403: NotPermittedProblem;
    /**
     * Payment not found, or Booking not found, or Marketplace not found
     */
    404: PaymentNotFoundProblem | BookingNotFoundProblem | MarketplaceNotFoundProblem;
    /**
     * Amount mismatch, or Capacity exceeded
     */
    409: AmountMismatchProblem | CapacityExceededProblem;
    /**
     * Body too large
     */
    413: BodyTooLargeProblem;
    /**
     * Unsupported media type
     */
    415: UnsupportedMediaTypeProblem;
    /**
     * No case, or Unknown measure, or Invalid quantity, or Price out of range, or Promotion refused
     */
    422: NoCaseProblem | UnknownMeasureProblem | InvalidQuantityProblem | PriceOutOfRangeProblem | PromotionRefusedProblem;
    /**
     * Internal error
     */
    500: InternalErrorProblem;
    /**
     * Store unavailable
     */
    503: StoreUnavailableProblem;
};

export type ReportPaymentError = ReportPaymentErrors[keyof ReportPaymentErrors];

export type ReportPaymentResponses = {
    /**
     * Done
     */
    200: Booking;
};

export type ReportPaymentResponse = ReportPaymentResponses[keyof ReportPaymentResponses];

export type ReportFeeData = {
    body: ProviderFee;
    path: {
        payment: PaymentId;
    };
    query?: never;
    url: '/v1/payments/{payment}/fees';
};

export type ReportFeeErrors = {
    /**
     * Invalid request, or Malformed json
     */
    400: InvalidRequestProblem | MalformedJsonProblem;
    /**
     * Unauthenticated, or Token expired
     */
    401: UnauthenticatedProblem | TokenExpiredProblem;
    /**
     * Not permitted
     */
    403: NotPermittedProblem;
    /**
     * Payment not found, or Booking not found, or Marketplace not found
     */
    404: PaymentNotFoundProblem | BookingNotFoundProblem | MarketplaceNotFoundProblem;
    /**
     * Amount mismatch
     */
    409: AmountMismatchProblem;
    /**
     * Body too large
     */
    413: BodyTooLargeProblem;
    /**
     * Unsupported media type
     */
    415: UnsupportedMediaTypeProblem;
    /**
     * No case, or Invalid input
     */
    422: NoCaseProblem | InvalidInputProblem;
    /**
     * Internal error
     */
    500: InternalErrorProblem;
    /**
     * Store unavailable
     */
    503: StoreUnavailableProblem;
};

export type ReportFeeError = ReportFeeErrors[keyof ReportFeeErrors];

export type ReportFeeResponses = {
    /**
     * Done
     */
    200: Journal;
};

export type ReportFeeResponse = ReportFeeResponses[keyof ReportFeeResponses];

export type ListPayoutsData = {
    body?: never;
    path?: never;
    query?: {
        after?: string;
        limit?: number;
    };
    url: '/v1/payouts';
};

export type ListPayoutsErrors = {
    /**
     * Invalid request
     */
    400: InvalidRequestProblem;
    /**
     * Unauthenticated, or Token expired
     */
    401: UnauthenticatedProblem | TokenExpiredProblem;
    /**
     * Internal error
     */
    500: InternalErrorProblem;
    /**
     * Store unavailable
     */
    503: StoreUnavailableProblem;
};

export type ListPayoutsError = ListPayoutsErrors[keyof ListPayoutsErrors];

export type ListPayoutsResponses = {
    /**
     * Done
     */
    200: PayoutPage;
};

export type ListPayoutsResponse = ListPayoutsResponses[keyof ListPayoutsResponses];

export type ReportPayoutData = {
    body: {
        outcome: 'sent' | 'failed';
    };
    path: {
        payout: PayoutId;
    };
    query?: never;
    url: '/v1/payouts/{payout}/reports';
};

export type ReportPayoutErrors = {
    /**
     * Invalid request, or Malformed json
     */
    400: InvalidRequestProblem | MalformedJsonProblem;
    /**
     * Unauthenticated, or Token expired
     */
    401: UnauthenticatedProblem | TokenExpiredProblem;
    /**
     * Not permitted
     */
    403: NotPermittedProblem;
    /**
     * Payout not found
     */
    404: PayoutNotFoundProblem;
    /**
     * Body too large
     */
    413: BodyTooLargeProblem;
    /**
     * Unsupported media type
     */
    415: UnsupportedMediaTypeProblem;
    /**
     * Internal error
     */
    500: InternalErrorProblem;
    /**
     * Store unavailable
     */
    503: StoreUnavailableProblem;
};

export type ReportPayoutError = ReportPayoutErrors[keyof ReportPayoutErrors];

export type ReportPayoutResponses = {
    /**
     * Done
     */
    200: Payout;
};

export type ReportPayoutResponse = ReportPayoutResponses[keyof ReportPayoutResponses];

export type CreditWalletData = {
    body: {
        amount: Money;
        reason: string;
    };
    headers?: {
        'idempotency-key'?: IdempotencyKey;
    };
    path: {
        customer: PartyId;
    };
    query?: never;
    url: '/v1/wallets/{customer}/credits';
};

export type CreditWalletErrors = {
    /**
     * Invalid request, or Malformed json
     */
    400: InvalidRequestProblem | MalformedJsonProblem;
    /**
     * Unauthenticated, or Token expired
     */
    401: UnauthenticatedProblem | TokenExpiredProblem;
    /**
     * Not permitted
     */
    403: NotPermittedProblem;
    /**
     * Body too large
     */
    413: BodyTooLargeProblem;
    /**
     * Unsupported media type
     */
    415: UnsupportedMediaTypeProblem;
    /**
     * Invalid input, or Key reused
     */
    422: InvalidInputProblem | KeyReusedProblem;
    /**
     * Internal error
     */
    500: InternalErrorProblem;
    /**
     * Store unavailable
     */
    503: StoreUnavailableProblem;
};

export type CreditWalletError = CreditWalletErrors[keyof CreditWalletErrors];

export type CreditWalletResponses = {
    /**
     * Done
     */
    201: Money;
};

export type CreditWalletResponse = CreditWalletResponses[keyof CreditWalletResponses];

export type GetWalletData = {
    body?: never;
    path: {
        customer: PartyId;
    };
    query: {
        currency: Currency;
    };
    url: '/v1/wallets/{customer}';
};

export type GetWalletErrors = {
    /**
     * Invalid request
     */
    400: InvalidRequestProblem;
    /**
     * Unauthenticated, or Token expired
     */
    401: UnauthenticatedProblem | TokenExpiredProblem;
    /**
     * Not permitted
     */
    403: NotPermittedProblem;
    /**
     * Internal error
     */
    500: InternalErrorProblem;
    /**
     * Store unavailable
     */
    503: StoreUnavailableProblem;
};

export type GetWalletError = GetWalletErrors[keyof GetWalletErrors];

export type GetWalletResponses = {
    /**
     * Done
     */
    200: Money;
};

export type GetWalletResponse = GetWalletResponses[keyof GetWalletResponses];

export type UnblockAccountData = {
    body?: never;
    headers?: {
        'idempotency-key'?: IdempotencyKey;
    };
    path: {
        party: PartyId;
    };
    query?: never;
    url: '/v1/accounts/{party}/block';
};

export type UnblockAccountErrors = {
    /**
     * Invalid request
     */
    400: InvalidRequestProblem;
    /**
     * Unauthenticated, or Token expired
     */
    401: UnauthenticatedProblem | TokenExpiredProblem;
    /**
     * Not permitted
     */
    403: NotPermittedProblem;
    /**
     * Key reused
     */
    422: KeyReusedProblem;
    /**
     * Internal error
     */
    500: InternalErrorProblem;
    /**
     * Store unavailable
     */
    503: StoreUnavailableProblem;
};

export type UnblockAccountError = UnblockAccountErrors[keyof UnblockAccountErrors];

export type UnblockAccountResponses = {
    /**
     * Done
     */
    200: Account;
};

export type UnblockAccountResponse = UnblockAccountResponses[keyof UnblockAccountResponses];

export type BlockAccountData = {
    body: {
        reason: string;
        until?: Instant;
    };
    headers?: {
        'idempotency-key'?: IdempotencyKey;
    };
    path: {
        party: PartyId;
    };
    query?: never;
    url: '/v1/accounts/{party}/block';
};

export type BlockAccountErrors = {
    /**
     * Invalid request, or Malformed json
     */
    400: InvalidRequestProblem | MalformedJsonProblem;
    /**
     * Unauthenticated, or Token expired
     */
    401: UnauthenticatedProblem | TokenExpiredProblem;
    /**
     * Not permitted
     */
    403: NotPermittedProblem;
    /**
     * Body too large
     */
    413: BodyTooLargeProblem;
    /**
     * Unsupported media type
     */
    415: UnsupportedMediaTypeProblem;
    /**
     * Key reused
     */
    422: KeyReusedProblem;
    /**
     * Internal error
     */
    500: InternalErrorProblem;
    /**
     * Store unavailable
     */
    503: StoreUnavailableProblem;
};

export type BlockAccountError = BlockAccountErrors[keyof BlockAccountErrors];

export type BlockAccountResponses = {
    /**
     * Done
     */
    200: Account;
};

export type BlockAccountResponse = BlockAccountResponses[keyof BlockAccountResponses];

export type GetProfileData = {
    body?: never;
    path: {
        marketplace: string;
        party: PartyId;
    };
    query?: never;
    url: '/v1/marketplaces/{marketplace}/profiles/{party}';
};

export type GetProfileErrors = {
    /**
     * Invalid request
     */
    400: InvalidRequestProblem;
    /**
     * Unauthenticated, or Token expired
     */
    401: UnauthenticatedProblem | TokenExpiredProblem;
    /**
     * Not permitted
     */
    403: NotPermittedProblem;
    /**
     * Marketplace not found
     */
    404: MarketplaceNotFoundProblem;
    /**
     * Internal error
     */
    500: InternalErrorProblem;
    /**
     * Store unavailable
     */
    503: StoreUnavailableProblem;
};

export type GetProfileError = GetProfileErrors[keyof GetProfileErrors];

export type GetProfileResponses = {
    /**
     * Done
     */
    200: Profile;
};

export type GetProfileResponse = GetProfileResponses[keyof GetProfileResponses];

export type SetProfileData = {
    body: {
        facts: {
            [key: string]: string | number | boolean;
        };
    };
    headers?: {
        'idempotency-key'?: IdempotencyKey;
    };
    path: {
        marketplace: string;
        party: PartyId;
    };
    query?: never;
    url: '/v1/marketplaces/{marketplace}/profiles/{party}';
};

export type SetProfileErrors = {
    /**
     * Invalid request, or Malformed json
     */
    400: InvalidRequestProblem | MalformedJsonProblem;
    /**
     * Unauthenticated, or Token expired
     */
    401: UnauthenticatedProblem | TokenExpiredProblem;
    /**
     * Not permitted
     */
    403: NotPermittedProblem;
    /**
     * Marketplace not found
     */
    404: MarketplaceNotFoundProblem;
    /**
     * Body too large
     */
    413: BodyTooLargeProblem;
    /**
     * Unsupported media type
     */
    415: UnsupportedMediaTypeProblem;
    /**
     * Invalid input, or Key reused
     */
    422: InvalidInputProblem | KeyReusedProblem;
    /**
     * Internal error
     */
    500: InternalErrorProblem;
    /**
     * Store unavailable
     */
    503: StoreUnavailableProblem;
};

export type SetProfileError = SetProfileErrors[keyof SetProfileErrors];

export type SetProfileResponses = {
    /**
     * Done
     */
    200: Profile;
};

export type SetProfileResponse = SetProfileResponses[keyof SetProfileResponses];

export type ListPromotionsData = {
    body?: never;
    path?: never;
    query?: {
        after?: string;
        limit?: number;
    };
    url: '/v1/promotions';
};

export type ListPromotionsErrors = {
    /**
     * Invalid request
     */
    400: InvalidRequestProblem;
    /**
     * Unauthenticated, or Token expired
     */
    401: UnauthenticatedProblem | TokenExpiredProblem;
    /**
     * Not permitted
     */
    403: NotPermittedProblem;
    /**
     * Internal error
     */
    500: InternalErrorProblem;
    /**
     * Store unavailable
     */
    503: StoreUnavailableProblem;
};

export type ListPromotionsError = ListPromotionsErrors[keyof ListPromotionsErrors];

export type ListPromotionsResponses = {
    /**
     * Done
     */
    200: PromotionPage;
};

export type ListPromotionsResponse = ListPromotionsResponses[keyof ListPromotionsResponses];

export type CreatePromotionData = {
    body: Promotion;
    headers?: {
        'idempotency-key'?: IdempotencyKey;
    };
    path?: never;
    query?: never;
    url: '/v1/promotions';
};

export type CreatePromotionErrors = {
    /**
     * Invalid request, or Malformed json
     */
    400: InvalidRequestProblem | MalformedJsonProblem;
    /**
     * Unauthenticated, or Token expired
     */
    401: UnauthenticatedProblem | TokenExpiredProblem;
    /**
     * Not permitted
     */
    403: NotPermittedProblem;
    /**
     * Id taken
     */
    409: IdTakenProblem;
    /**
     * Body too large
     */
    413: BodyTooLargeProblem;
    /**
     * Unsupported media type
     */
    415: UnsupportedMediaTypeProblem;
    /**
     * Invalid input, or Key reused
     */
    422: InvalidInputProblem | KeyReusedProblem;
    /**
     * Internal error
     */
    500: InternalErrorProblem;
    /**
     * Store unavailable
     */
    503: StoreUnavailableProblem;
};

export type CreatePromotionError = CreatePromotionErrors[keyof CreatePromotionErrors];

export type CreatePromotionResponses = {
    /**
     * Done
     */
    201: Promotion;
};

export type CreatePromotionResponse = CreatePromotionResponses[keyof CreatePromotionResponses];

export type EndPromotionData = {
    body?: never;
    headers?: {
        'idempotency-key'?: IdempotencyKey;
    };
    path: {
        code: PromotionCode;
    };
    query?: never;
    url: '/v1/promotions/{code}/end';
};

export type EndPromotionErrors = {
    /**
     * Invalid request
     */
    400: InvalidRequestProblem;
    /**
     * Unauthenticated, or Token expired
     */
    401: UnauthenticatedProblem | TokenExpiredProblem;
    /**
     * Not permitted
     */
    403: NotPermittedProblem;
    /**
     * Promotion not found
     */
    404: PromotionNotFoundProblem;
    /**
     * Key reused
     */
    422: KeyReusedProblem;
    /**
     * Internal error
     */
    500: InternalErrorProblem;
    /**
     * Store unavailable
     */
    503: StoreUnavailableProblem;
};

export type EndPromotionError = EndPromotionErrors[keyof EndPromotionErrors];

export type EndPromotionResponses = {
    /**
     * Done
     */
    200: PromotionStanding;
};

export type EndPromotionResponse = EndPromotionResponses[keyof EndPromotionResponses];

export type GetBooksData = {
    body?: never;
    path?: never;
    query?: {
        at?: Instant;
    };
    url: '/v1/books';
};

export type GetBooksErrors = {
    /**
     * Invalid request
     */
    400: InvalidRequestProblem;
    /**
     * Unauthenticated, or Token expired
     */
    401: UnauthenticatedProblem | TokenExpiredProblem;
    /**
     * Not permitted
     */
    403: NotPermittedProblem;
    /**
     * Internal error
     */
    500: InternalErrorProblem;
    /**
     * Store unavailable
     */
    503: StoreUnavailableProblem;
};

export type GetBooksError = GetBooksErrors[keyof GetBooksErrors];

export type GetBooksResponses = {
    /**
     * Done
     */
    200: Books;
};

export type GetBooksResponse = GetBooksResponses[keyof GetBooksResponses];

export type GetPartyStatementData = {
    body?: never;
    path: {
        party: PartyId;
    };
    query: {
        currency: Currency;
        from?: Instant;
        to?: Instant;
        after?: string;
        limit?: number;
    };
    url: '/v1/statements/{party}';
};

export type GetPartyStatementErrors = {
    /**
     * Invalid request
     */
    400: InvalidRequestProblem;
    /**
     * Unauthenticated, or Token expired
     */
    401: UnauthenticatedProblem | TokenExpiredProblem;
    /**
     * Not permitted
     */
    403: NotPermittedProblem;
    /**
     * Incomplete search
     */
    422: IncompleteSearchProblem;
    /**
     * Internal error
     */
    500: InternalErrorProblem;
    /**
     * Store unavailable
     */
    503: StoreUnavailableProblem;
};

export type GetPartyStatementError = GetPartyStatementErrors[keyof GetPartyStatementErrors];

export type GetPartyStatementResponses = {
    /**
     * Done
     */
    200: PartyStatement;
};

export type GetPartyStatementResponse = GetPartyStatementResponses[keyof GetPartyStatementResponses];

export type CompareBookingsData = {
    body?: never;
    path?: never;
    query?: {
        after?: string;
        limit?: number;
    };
    url: '/v1/books/bookings';
};

export type CompareBookingsErrors = {
    /**
     * Invalid request
     */
    400: InvalidRequestProblem;
    /**
     * Unauthenticated, or Token expired
     */
    401: UnauthenticatedProblem | TokenExpiredProblem;
    /**
     * Not permitted
     */
    403: NotPermittedProblem;
    /**
     * Internal error
     */
    500: InternalErrorProblem;
    /**
     * Store unavailable
     */
    503: StoreUnavailableProblem;
};

export type CompareBookingsError = CompareBookingsErrors[keyof CompareBookingsErrors];

export type CompareBookingsResponses = {
    /**
     * Done
     */
    200: Comparison;
};

export type CompareBookingsResponse = CompareBookingsResponses[keyof CompareBookingsResponses];

export type ReconcileBooksData = {
    body: {
        during: Interval;
        report: Array<Movement>;
    };
    path?: never;
    query?: never;
    url: '/v1/books/reconciliations';
};

export type ReconcileBooksErrors = {
    /**
     * Invalid request, or Malformed json
     */
    400: InvalidRequestProblem | MalformedJsonProblem;
    /**
     * Unauthenticated, or Token expired
     */
    401: UnauthenticatedProblem | TokenExpiredProblem;
    /**
     * Not permitted
     */
    403: NotPermittedProblem;
    /**
     * Body too large
     */
    413: BodyTooLargeProblem;
    /**
     * Unsupported media type
     */
    415: UnsupportedMediaTypeProblem;
    /**
     * Internal error
     */
    500: InternalErrorProblem;
    /**
     * Store unavailable
     */
    503: StoreUnavailableProblem;
};

export type ReconcileBooksError = ReconcileBooksErrors[keyof ReconcileBooksErrors];

export type ReconcileBooksResponses = {
    /**
     * Done
     */
    200: {
        items: Array<Difference>;
    };
};

export type ReconcileBooksResponse = ReconcileBooksResponses[keyof ReconcileBooksResponses];

export type ListInvoicesData = {
    body?: never;
    path?: never;
    query?: {
        run?: InvoiceId;
        after?: string;
        limit?: number;
    };
    url: '/v1/invoices';
};

export type ListInvoicesErrors = {
    /**
     * Invalid request
     */
    400: InvalidRequestProblem;
    /**
     * Unauthenticated, or Token expired
     */
    401: UnauthenticatedProblem | TokenExpiredProblem;
    /**
     * Internal error
     */
    500: InternalErrorProblem;
    /**
     * Store unavailable
     */
    503: StoreUnavailableProblem;
};

export type ListInvoicesError = ListInvoicesErrors[keyof ListInvoicesErrors];

export type ListInvoicesResponses = {
    /**
     * Done
     */
    200: InvoicePage;
};

export type ListInvoicesResponse = ListInvoicesResponses[keyof ListInvoicesResponses];

export type GetInvoiceData = {
    body?: never;
    path: {
        invoice: InvoiceId;
    };
    query?: never;
    url: '/v1/invoices/{invoice}';
};

export type GetInvoiceErrors = {
    /**
     * Invalid request
     */
    400: InvalidRequestProblem;
    /**
     * Unauthenticated, or Token expired
     */
    401: UnauthenticatedProblem | TokenExpiredProblem;
    /**
     * Invoice not found
     */
    404: InvoiceNotFoundProblem;
    /**
     * Internal error
     */
    500: InternalErrorProblem;
    /**
     * Store unavailable
     */
    503: StoreUnavailableProblem;
};

export type GetInvoiceError = GetInvoiceErrors[keyof GetInvoiceErrors];

export type GetInvoiceResponses = {
    /**
     * Done
     */
    200: Invoice;
};

export type GetInvoiceResponse = GetInvoiceResponses[keyof GetInvoiceResponses];

export type ListNoticesData = {
    body?: never;
    path?: never;
    query?: never;
    url: '/v1/notices';
};

export type ListNoticesErrors = {
    /**
     * Invalid request
     */
    400: InvalidRequestProblem;
    /**
     * Unauthenticated, or Token expired
     */
    401: UnauthenticatedProblem | TokenExpiredProblem;
    /**
     * Not permitted
     */
    403: NotPermittedProblem;
    /**
     * Internal error
     */
    500: InternalErrorProblem;
    /**
     * Store unavailable
     */
    503: StoreUnavailableProblem;
};

export type ListNoticesError = ListNoticesErrors[keyof ListNoticesErrors];

export type ListNoticesResponses = {
    /**
     * Done
     */
    200: {
        items: Array<Notice>;
    };
};

export type ListNoticesResponse = ListNoticesResponses[keyof ListNoticesResponses];

export type ListLifecycleFlawsData = {
    body?: never;
    path?: never;
    query?: never;
    url: '/v1/lifecycle-flaws';
};

export type ListLifecycleFlawsErrors = {
    /**
     * Invalid request
     */
    400: InvalidRequestProblem;
    /**
     * Unauthenticated, or Token expired
     */
    401: UnauthenticatedProblem | TokenExpiredProblem;
    /**
     * Not permitted
     */
    403: NotPermittedProblem;
    /**
     * Internal error
     */
    500: InternalErrorProblem;
    /**
     * Store unavailable
     */
    503: StoreUnavailableProblem;
};

export type ListLifecycleFlawsError = ListLifecycleFlawsErrors[keyof ListLifecycleFlawsErrors];

export type ListLifecycleFlawsResponses = {
    /**
     * Done
     */
    200: {
        items: Array<Stranded>;
    };
};

export type ListLifecycleFlawsResponse = ListLifecycleFlawsResponses[keyof ListLifecycleFlawsResponses];

export type RunDueData = {
    body?: never;
    path?: never;
    query?: never;
    url: '/v1/due';
};

export type RunDueErrors = {
    /**
     * Invalid request
     */
    400: InvalidRequestProblem;
    /**
     * Unauthenticated, or Token expired
     */
    401: UnauthenticatedProblem | TokenExpiredProblem;
    /**
     * Not permitted
     */
    403: NotPermittedProblem;
    /**
     * Internal error
     */
    500: InternalErrorProblem;
    /**
     * Store unavailable
     */
    503: StoreUnavailableProblem;
};

export type RunDueError = RunDueErrors[keyof RunDueErrors];

export type RunDueResponses = {
    /**
     * Done
     */
    200: {
        done: number;
    };
};

export type RunDueResponse = RunDueResponses[keyof RunDueResponses];

export type SearchActivitiesListingsData = {
    body?: never;
    path?: never;
    query?: {
        latitude?: number;
        longitude?: number;
        radiusMetres?: number;
        from?: Instant;
        to?: Instant;
        mine?: boolean;
        after?: string;
        limit?: number;
    };
    url: '/v1/activities/listings';
};

export type SearchActivitiesListingsErrors = {
    /**
     * Invalid request
     */
    400: InvalidRequestProblem;
    /**
     * Unauthenticated, or Token expired
     */
    401: UnauthenticatedProblem | TokenExpiredProblem;
    /**
     * Incomplete search
     */
    422: IncompleteSearchProblem;
    /**
     * Internal error
     */
    500: InternalErrorProblem;
    /**
     * Store unavailable
     */
    503: StoreUnavailableProblem;
};

export type SearchActivitiesListingsError = SearchActivitiesListingsErrors[keyof SearchActivitiesListingsErrors];

export type SearchActivitiesListingsResponses = {
    /**
     * Done
     */
    200: ActivitiesListingPage;
};

export type SearchActivitiesListingsResponse = SearchActivitiesListingsResponses[keyof SearchActivitiesListingsResponses];

export type CreateActivitiesListingData = {
    body: Session;
    headers?: {
        'idempotency-key'?: IdempotencyKey;
    };
    path?: never;
    query?: never;
    url: '/v1/activities/listings';
};

export type CreateActivitiesListingErrors = {
    /**
     * Invalid request, or Malformed json
     */
    400: InvalidRequestProblem | MalformedJsonProblem;
    /**
     * Unauthenticated, or Token expired
     */
    401: UnauthenticatedProblem | TokenExpiredProblem;
    /**
     * Listing not found
     */
    404: ListingNotFoundProblem;
    /**
     * Id taken, or Capacity exceeded
     */
    409: IdTakenProblem | CapacityExceededProblem;
    /**
     * Body too large
     */
    413: BodyTooLargeProblem;
    /**
     * Unsupported media type
     */
    415: UnsupportedMediaTypeProblem;
    /**
     * Invalid input, or No case, or Key reused
     */
    422: InvalidInputProblem | NoCaseProblem | KeyReusedProblem;
    /**
     * Internal error
     */
    500: InternalErrorProblem;
    /**
     * Store unavailable
     */
    503: StoreUnavailableProblem;
};

export type CreateActivitiesListingError = CreateActivitiesListingErrors[keyof CreateActivitiesListingErrors];

export type CreateActivitiesListingResponses = {
    /**
     * Done
     */
    201: ActivitiesListing;
};

export type CreateActivitiesListingResponse = CreateActivitiesListingResponses[keyof CreateActivitiesListingResponses];

export type FindActivitiesListingsData = {
    body: {
        near?: {
            place: Place;
            radiusMetres?: number;
        };
        request?: Participants;
        during?: Interval;
        where?: Array<FeatureFilter>;
        after?: string;
        limit?: number;
    };
    path?: never;
    query?: never;
    url: '/v1/activities/listings/search';
};

export type FindActivitiesListingsErrors = {
    /**
     * Invalid request, or Malformed json
     */
    400: InvalidRequestProblem | MalformedJsonProblem;
    /**
     * Unauthenticated, or Token expired
     */
    401: UnauthenticatedProblem | TokenExpiredProblem;
    /**
     * Body too large
     */
    413: BodyTooLargeProblem;
    /**
     * Unsupported media type
     */
    415: UnsupportedMediaTypeProblem;
    /**
     * Invalid input, or Filter refused
     */
    422: InvalidInputProblem | FilterRefusedProblem;
    /**
     * Internal error
     */
    500: InternalErrorProblem;
    /**
     * Store unavailable
     */
    503: StoreUnavailableProblem;
};

export type FindActivitiesListingsError = FindActivitiesListingsErrors[keyof FindActivitiesListingsErrors];

export type FindActivitiesListingsResponses = {
    /**
     * Done
     */
    200: ActivitiesListingsFound;
};

export type FindActivitiesListingsResponse = FindActivitiesListingsResponses[keyof FindActivitiesListingsResponses];

export type AmendActivitiesListingData = {
    body: {
        listing: Session;
    };
    headers?: {
        'idempotency-key'?: IdempotencyKey;
    };
    path: {
        listing: ListingId;
    };
    query?: never;
    url: '/v1/activities/listings/{listing}/amendments';
};

export type AmendActivitiesListingErrors = {
    /**
     * Invalid request, or Malformed json
     */
    400: InvalidRequestProblem | MalformedJsonProblem;
    /**
     * Unauthenticated, or Token expired
     */
    401: UnauthenticatedProblem | TokenExpiredProblem;
    /**
     * Not permitted
     */
    403: NotPermittedProblem;
    /**
     * Listing not found
     */
    404: ListingNotFoundProblem;
    /**
     * Capacity exceeded, or Listing not amendable
     */
    409: CapacityExceededProblem | ListingNotAmendableProblem;
    /**
     * Body too large
     */
    413: BodyTooLargeProblem;
    /**
     * Unsupported media type
     */
    415: UnsupportedMediaTypeProblem;
    /**
     * Invalid input, or No case, or Unknown measure, or Invalid quantity, or Price out of range, or Key reused
     */
    422: InvalidInputProblem | NoCaseProblem | UnknownMeasureProblem | InvalidQuantityProblem | PriceOutOfRangeProblem | KeyReusedProblem;
    /**
     * Internal error
     */
    500: InternalErrorProblem;
    /**
     * Store unavailable
     */
    503: StoreUnavailableProblem;
};

export type AmendActivitiesListingError = AmendActivitiesListingErrors[keyof AmendActivitiesListingErrors];

export type AmendActivitiesListingResponses = {
    /**
     * Done
     */
    200: ActivitiesListing;
};

export type AmendActivitiesListingResponse = AmendActivitiesListingResponses[keyof AmendActivitiesListingResponses];

export type QuoteActivitiesData = {
    body: {
        request: Participants;
        promotion?: PromotionCode;
        bundle?: number;
    };
    path: {
        listing: ListingId;
    };
    query?: never;
    url: '/v1/activities/listings/{listing}/quotes';
};

export type QuoteActivitiesErrors = {
    /**
     * Invalid request, or Malformed json
     */
    400: InvalidRequestProblem | MalformedJsonProblem;
    /**
     * Unauthenticated, or Token expired
     */
    401: UnauthenticatedProblem | TokenExpiredProblem;
    /**
     * Listing not found
     */
    404: ListingNotFoundProblem;
    /**
     * Body too large
     */
    413: BodyTooLargeProblem;
    /**
     * Unsupported media type
     */
    415: UnsupportedMediaTypeProblem;
    /**
     * Invalid input, or Not admitted, or No case, or Unknown measure, or Invalid quantity, or Price out of range, or Promotion refused
     */
    422: InvalidInputProblem | NotAdmittedProblem | NoCaseProblem | UnknownMeasureProblem | InvalidQuantityProblem | PriceOutOfRangeProblem | PromotionRefusedProblem;
    /**
     * Internal error
     */
    500: InternalErrorProblem;
    /**
     * Store unavailable
     */
    503: StoreUnavailableProblem;
};

export type QuoteActivitiesError = QuoteActivitiesErrors[keyof QuoteActivitiesErrors];

export type QuoteActivitiesResponses = {
    /**
     * Done
     */
    200: PricedRequest;
};

export type QuoteActivitiesResponse = QuoteActivitiesResponses[keyof QuoteActivitiesResponses];

export type BookActivitiesData = {
    body: {
        request: Participants;
        channel?: 'online' | 'cash';
        expected?: Money;
        promotion?: PromotionCode;
        wallet?: boolean;
        waitlist?: boolean;
    };
    headers: {
        'idempotency-key': IdempotencyKey;
    };
    path: {
        listing: ListingId;
    };
    query?: never;
    url: '/v1/activities/listings/{listing}/bookings';
};

export type BookActivitiesErrors = {
    /**
     * Invalid request, or Malformed json
     */
    400: InvalidRequestProblem | MalformedJsonProblem;
    /**
     * Unauthenticated, or Token expired
     */
    401: UnauthenticatedProblem | TokenExpiredProblem;
    /**
     * Listing not found, or Booking not found
     */
    404: ListingNotFoundProblem | BookingNotFoundProblem;
    /**
     * Capacity exceeded, or Seats refused, or Listing not open, or Price changed, or Cash not taken, or Id taken
     */
    409: CapacityExceededProblem | SeatsRefusedProblem | ListingNotOpenProblem | PriceChangedProblem | CashNotTakenProblem | IdTakenProblem;
    /**
     * Body too large
     */
    413: BodyTooLargeProblem;
    /**
     * Unsupported media type
     */
    415: UnsupportedMediaTypeProblem;
    /**
     * Not admitted, or Channel not accepted, or Invalid input, or No case, or Unknown measure, or Invalid quantity, or Price out of range, or Promotion refused, or Key reused
     */
    422: NotAdmittedProblem | ChannelNotAcceptedProblem | InvalidInputProblem | NoCaseProblem | UnknownMeasureProblem | InvalidQuantityProblem | PriceOutOfRangeProblem | PromotionRefusedProblem | KeyReusedProblem;
    /**
     * Internal error
     */
    500: InternalErrorProblem;
    /**
     * Store unavailable
     */
    503: StoreUnavailableProblem;
};

export type BookActivitiesError = BookActivitiesErrors[keyof BookActivitiesErrors];

export type BookActivitiesResponses = {
    /**
     * Done
     */
    201: ActivitiesBooking;
};

export type BookActivitiesResponse = BookActivitiesResponses[keyof BookActivitiesResponses];

export type AmendActivitiesData = {
    body: {
        request: Participants;
    };
    headers?: {
        'idempotency-key'?: IdempotencyKey;
    };
    path: {
        booking: BookingId;
    };
    query?: never;
    url: '/v1/activities/bookings/{booking}/amendments';
};

export type AmendActivitiesErrors = {
    /**
     * Invalid request, or Malformed json
     */
    400: InvalidRequestProblem | MalformedJsonProblem;
    /**
     * Unauthenticated, or Token expired
     */
    401: UnauthenticatedProblem | TokenExpiredProblem;
    /**
     * Not permitted
     */
    403: NotPermittedProblem;
    /**
     * Booking not found
     */
    404: BookingNotFoundProblem;
    /**
     * Capacity exceeded, or Not amendable
     */
    409: CapacityExceededProblem | NotAmendableProblem;
    /**
     * Body too large
     */
    413: BodyTooLargeProblem;
    /**
     * Unsupported media type
     */
    415: UnsupportedMediaTypeProblem;
    /**
     * Not admitted, or Invalid input, or No case, or Unknown measure, or Invalid quantity, or Price out of range, or Promotion refused, or Key reused
     */
    422: NotAdmittedProblem | InvalidInputProblem | NoCaseProblem | UnknownMeasureProblem | InvalidQuantityProblem | PriceOutOfRangeProblem | PromotionRefusedProblem | KeyReusedProblem;
    /**
     * Internal error
     */
    500: InternalErrorProblem;
    /**
     * Store unavailable
     */
    503: StoreUnavailableProblem;
};

export type AmendActivitiesError = AmendActivitiesErrors[keyof AmendActivitiesErrors];

export type AmendActivitiesResponses = {
    /**
     * Done
     */
    200: ActivitiesBooking;
};

export type AmendActivitiesResponse = AmendActivitiesResponses[keyof AmendActivitiesResponses];

export type RunActivitiesPayoutsData = {
    body?: never;
    headers?: {
        'idempotency-key'?: IdempotencyKey;
    };
    path?: never;
    query?: never;
    url: '/v1/activities/payouts';
};

export type RunActivitiesPayoutsErrors = {
    /**
     * Invalid request
     */
    400: InvalidRequestProblem;
    /**
     * Unauthenticated, or Token expired
     */
    401: UnauthenticatedProblem | TokenExpiredProblem;
    /**
     * Not permitted
     */
    403: NotPermittedProblem;
    /**
     * Key reused
     */
    422: KeyReusedProblem;
    /**
     * Internal error
     */
    500: InternalErrorProblem;
    /**
     * Store unavailable
     */
    503: StoreUnavailableProblem;
};

export type RunActivitiesPayoutsError = RunActivitiesPayoutsErrors[keyof RunActivitiesPayoutsErrors];

export type RunActivitiesPayoutsResponses = {
    /**
     * Done
     */
    201: PayoutRun;
};

export type RunActivitiesPayoutsResponse = RunActivitiesPayoutsResponses[keyof RunActivitiesPayoutsResponses];

export type IssueActivitiesInvoicesData = {
    body: {
        during: Interval;
        series?: InvoiceSeries;
    };
    headers?: {
        'idempotency-key'?: IdempotencyKey;
    };
    path?: never;
    query?: never;
    url: '/v1/activities/invoices';
};

export type IssueActivitiesInvoicesErrors = {
    /**
     * Invalid request, or Malformed json
     */
    400: InvalidRequestProblem | MalformedJsonProblem;
    /**
     * Unauthenticated, or Token expired
     */
    401: UnauthenticatedProblem | TokenExpiredProblem;
    /**
     * Not permitted
     */
    403: NotPermittedProblem;
    /**
     * Period not over
     */
    409: PeriodNotOverProblem;
    /**
     * Body too large
     */
    413: BodyTooLargeProblem;
    /**
     * Unsupported media type
     */
    415: UnsupportedMediaTypeProblem;
    /**
     * Key reused
     */
    422: KeyReusedProblem;
    /**
     * Internal error
     */
    500: InternalErrorProblem;
    /**
     * Store unavailable
     */
    503: StoreUnavailableProblem;
};

export type IssueActivitiesInvoicesError = IssueActivitiesInvoicesErrors[keyof IssueActivitiesInvoicesErrors];

export type IssueActivitiesInvoicesResponses = {
    /**
     * Done
     */
    201: IssuedInvoices;
};

export type IssueActivitiesInvoicesResponse = IssueActivitiesInvoicesResponses[keyof IssueActivitiesInvoicesResponses];

export type PayOutActivitiesNowData = {
    body: {
        currency: Currency;
    };
    headers?: {
        'idempotency-key'?: IdempotencyKey;
    };
    path?: never;
    query?: never;
    url: '/v1/activities/payouts/instant';
};

export type PayOutActivitiesNowErrors = {
    /**
     * Invalid request, or Malformed json
     */
    400: InvalidRequestProblem | MalformedJsonProblem;
    /**
     * Unauthenticated, or Token expired
     */
    401: UnauthenticatedProblem | TokenExpiredProblem;
    /**
     * Payout not found
     */
    404: PayoutNotFoundProblem;
    /**
     * Not instant
     */
    409: NotInstantProblem;
    /**
     * Body too large
     */
    413: BodyTooLargeProblem;
    /**
     * Unsupported media type
     */
    415: UnsupportedMediaTypeProblem;
    /**
     * Key reused
     */
    422: KeyReusedProblem;
    /**
     * Internal error
     */
    500: InternalErrorProblem;
    /**
     * Store unavailable
     */
    503: StoreUnavailableProblem;
};

export type PayOutActivitiesNowError = PayOutActivitiesNowErrors[keyof PayOutActivitiesNowErrors];

export type PayOutActivitiesNowResponses = {
    /**
     * Done
     */
    201: Payout;
};

export type PayOutActivitiesNowResponse = PayOutActivitiesNowResponses[keyof PayOutActivitiesNowResponses];

export type GetActivitiesBalanceData = {
    body?: never;
    path?: never;
    query?: never;
    url: '/v1/activities/balance';
};

export type GetActivitiesBalanceErrors = {
    /**
     * Invalid request
     */
    400: InvalidRequestProblem;
    /**
     * Unauthenticated, or Token expired
     */
    401: UnauthenticatedProblem | TokenExpiredProblem;
    /**
     * Internal error
     */
    500: InternalErrorProblem;
    /**
     * Store unavailable
     */
    503: StoreUnavailableProblem;
};

export type GetActivitiesBalanceError = GetActivitiesBalanceErrors[keyof GetActivitiesBalanceErrors];

export type GetActivitiesBalanceResponses = {
    /**
     * Done
     */
    200: Balance1;
};

export type GetActivitiesBalanceResponse = GetActivitiesBalanceResponses[keyof GetActivitiesBalanceResponses];

export type SearchEventsListingsData = {
    body?: never;
    path?: never;
    query?: {
        latitude?: number;
        longitude?: number;
        radiusMetres?: number;
        from?: Instant;
        to?: Instant;
        mine?: boolean;
        after?: string;
        limit?: number;
    };
    url: '/v1/events/listings';
};

export type SearchEventsListingsErrors = {
    /**
     * Invalid request
     */
    400: InvalidRequestProblem;
    /**
     * Unauthenticated, or Token expired
     */
    401: UnauthenticatedProblem | TokenExpiredProblem;
    /**
     * Incomplete search
     */
    422: IncompleteSearchProblem;
    /**
     * Internal error
     */
    500: InternalErrorProblem;
    /**
     * Store unavailable
     */
    503: StoreUnavailableProblem;
};

export type SearchEventsListingsError = SearchEventsListingsErrors[keyof SearchEventsListingsErrors];

export type SearchEventsListingsResponses = {
    /**
     * Done
     */
    200: EventsListingPage;
};

export type SearchEventsListingsResponse = SearchEventsListingsResponses[keyof SearchEventsListingsResponses];

export type CreateEventsListingData = {
    body: HostedEvent;
    headers?: {
        'idempotency-key'?: IdempotencyKey;
    };
    path?: never;
    query?: never;
    url: '/v1/events/listings';
};

export type CreateEventsListingErrors = {
    /**
     * Invalid request, or Malformed json
     */
    400: InvalidRequestProblem | MalformedJsonProblem;
    /**
     * Unauthenticated, or Token expired
     */
    401: UnauthenticatedProblem | TokenExpiredProblem;
    /**
     * Listing not found
     */
    404: ListingNotFoundProblem;
    /**
     * Id taken, or Capacity exceeded
     */
    409: IdTakenProblem | CapacityExceededProblem;
    /**
     * Body too large
     */
    413: BodyTooLargeProblem;
    /**
     * Unsupported media type
     */
    415: UnsupportedMediaTypeProblem;
    /**
     * Invalid input, or No case, or Key reused
     */
    422: InvalidInputProblem | NoCaseProblem | KeyReusedProblem;
    /**
     * Internal error
     */
    500: InternalErrorProblem;
    /**
     * Store unavailable
     */
    503: StoreUnavailableProblem;
};

export type CreateEventsListingError = CreateEventsListingErrors[keyof CreateEventsListingErrors];

export type CreateEventsListingResponses = {
    /**
     * Done
     */
    201: EventsListing;
};

export type CreateEventsListingResponse = CreateEventsListingResponses[keyof CreateEventsListingResponses];

export type FindEventsListingsData = {
    body: {
        near?: {
            place: Place;
            radiusMetres?: number;
        };
        request?: Tickets;
        during?: Interval;
        where?: Array<FeatureFilter>;
        after?: string;
        limit?: number;
    };
    path?: never;
    query?: never;
    url: '/v1/events/listings/search';
};

export type FindEventsListingsErrors = {
    /**
     * Invalid request, or Malformed json
     */
    400: InvalidRequestProblem | MalformedJsonProblem;
    /**
     * Unauthenticated, or Token expired
     */
    401: UnauthenticatedProblem | TokenExpiredProblem;
    /**
     * Body too large
     */
    413: BodyTooLargeProblem;
    /**
     * Unsupported media type
     */
    415: UnsupportedMediaTypeProblem;
    /**
     * Invalid input, or Filter refused
     */
    422: InvalidInputProblem | FilterRefusedProblem;
    /**
     * Internal error
     */
    500: InternalErrorProblem;
    /**
     * Store unavailable
     */
    503: StoreUnavailableProblem;
};

export type FindEventsListingsError = FindEventsListingsErrors[keyof FindEventsListingsErrors];

export type FindEventsListingsResponses = {
    /**
     * Done
     */
    200: EventsListingsFound;
};

export type FindEventsListingsResponse = FindEventsListingsResponses[keyof FindEventsListingsResponses];

export type AmendEventsListingData = {
    body: {
        listing: HostedEvent;
    };
    headers?: {
        'idempotency-key'?: IdempotencyKey;
    };
    path: {
        listing: ListingId;
    };
    query?: never;
    url: '/v1/events/listings/{listing}/amendments';
};

export type AmendEventsListingErrors = {
    /**
     * Invalid request, or Malformed json
     */
    400: InvalidRequestProblem | MalformedJsonProblem;
    /**
     * Unauthenticated, or Token expired
     */
    401: UnauthenticatedProblem | TokenExpiredProblem;
    /**
     * Not permitted
     */
    403: NotPermittedProblem;
    /**
     * Listing not found
     */
    404: ListingNotFoundProblem;
    /**
     * Capacity exceeded, or Listing not amendable
     */
    409: CapacityExceededProblem | ListingNotAmendableProblem;
    /**
     * Body too large
     */
    413: BodyTooLargeProblem;
    /**
     * Unsupported media type
     */
    415: UnsupportedMediaTypeProblem;
    /**
     * Invalid input, or No case, or Unknown measure, or Invalid quantity, or Price out of range, or Key reused
     */
    422: InvalidInputProblem | NoCaseProblem | UnknownMeasureProblem | InvalidQuantityProblem | PriceOutOfRangeProblem | KeyReusedProblem;
    /**
     * Internal error
     */
    500: InternalErrorProblem;
    /**
     * Store unavailable
     */
    503: StoreUnavailableProblem;
};

export type AmendEventsListingError = AmendEventsListingErrors[keyof AmendEventsListingErrors];

export type AmendEventsListingResponses = {
    /**
     * Done
     */
    200: EventsListing;
};

export type AmendEventsListingResponse = AmendEventsListingResponses[keyof AmendEventsListingResponses];

export type QuoteEventsData = {
    body: {
        request: Tickets;
        promotion?: PromotionCode;
        bundle?: number;
    };
    path: {
        listing: ListingId;
    };
    query?: never;
    url: '/v1/events/listings/{listing}/quotes';
};

export type QuoteEventsErrors = {
    /**
     * Invalid request, or Malformed json
     */
    400: InvalidRequestProblem | MalformedJsonProblem;
    /**
     * Unauthenticated, or Token expired
     */
    401: UnauthenticatedProblem | TokenExpiredProblem;
    /**
     * Listing not found
     */
    404: ListingNotFoundProblem;
    /**
     * Body too large
     */
    413: BodyTooLargeProblem;
    /**
     * Unsupported media type
     */
    415: UnsupportedMediaTypeProblem;
    /**
     * Invalid input, or Not admitted, or No case, or Unknown measure, or Invalid quantity, or Price out of range, or Promotion refused
     */
    422: InvalidInputProblem | NotAdmittedProblem | NoCaseProblem | UnknownMeasureProblem | InvalidQuantityProblem | PriceOutOfRangeProblem | PromotionRefusedProblem;
    /**
     * Internal error
     */
    500: InternalErrorProblem;
    /**
     * Store unavailable
     */
    503: StoreUnavailableProblem;
};

export type QuoteEventsError = QuoteEventsErrors[keyof QuoteEventsErrors];

export type QuoteEventsResponses = {
    /**
     * Done
     */
    200: PricedRequest;
};

export type QuoteEventsResponse = QuoteEventsResponses[keyof QuoteEventsResponses];

export type BookEventsData = {
    body: {
        request: Tickets;
        channel?: 'online' | 'cash';
        expected?: Money;
        promotion?: PromotionCode;
        wallet?: boolean;
        waitlist?: boolean;
    };
    headers: {
        'idempotency-key': IdempotencyKey;
    };
    path: {
        listing: ListingId;
    };
    query?: never;
    url: '/v1/events/listings/{listing}/bookings';
};

export type BookEventsErrors = {
    /**
     * Invalid request, or Malformed json
     */
    400: InvalidRequestProblem | MalformedJsonProblem;
    /**
     * Unauthenticated, or Token expired
     */
    401: UnauthenticatedProblem | TokenExpiredProblem;
    /**
     * Listing not found, or Booking not found
     */
    404: ListingNotFoundProblem | BookingNotFoundProblem;
    /**
     * Capacity exceeded, or Seats refused, or Listing not open, or Price changed, or Cash not taken, or Id taken
     */
    409: CapacityExceededProblem | SeatsRefusedProblem | ListingNotOpenProblem | PriceChangedProblem | CashNotTakenProblem | IdTakenProblem;
    /**
     * Body too large
     */
    413: BodyTooLargeProblem;
    /**
     * Unsupported media type
     */
    415: UnsupportedMediaTypeProblem;
    /**
     * Not admitted, or Channel not accepted, or Invalid input, or No case, or Unknown measure, or Invalid quantity, or Price out of range, or Promotion refused, or Key reused
     */
    422: NotAdmittedProblem | ChannelNotAcceptedProblem | InvalidInputProblem | NoCaseProblem | UnknownMeasureProblem | InvalidQuantityProblem | PriceOutOfRangeProblem | PromotionRefusedProblem | KeyReusedProblem;
    /**
     * Internal error
     */
    500: InternalErrorProblem;
    /**
     * Store unavailable
     */
    503: StoreUnavailableProblem;
};

export type BookEventsError = BookEventsErrors[keyof BookEventsErrors];

export type BookEventsResponses = {
    /**
     * Done
     */
    201: EventsBooking;
};

export type BookEventsResponse = BookEventsResponses[keyof BookEventsResponses];

export type AmendEventsData = {
    body: {
        request: Tickets;
    };
    headers?: {
        'idempotency-key'?: IdempotencyKey;
    };
    path: {
        booking: BookingId;
    };
    query?: never;
    url: '/v1/events/bookings/{booking}/amendments';
};

export type AmendEventsErrors = {
    /**
     * Invalid request, or Malformed json
     */
    400: InvalidRequestProblem | MalformedJsonProblem;
    /**
     * Unauthenticated, or Token expired
     */
    401: UnauthenticatedProblem | TokenExpiredProblem;
    /**
     * Not permitted
     */
    403: NotPermittedProblem;
    /**
     * Booking not found
     */
    404: BookingNotFoundProblem;
    /**
     * Capacity exceeded, or Not amendable
     */
    409: CapacityExceededProblem | NotAmendableProblem;
    /**
     * Body too large
     */
    413: BodyTooLargeProblem;
    /**
     * Unsupported media type
     */
    415: UnsupportedMediaTypeProblem;
    /**
     * Not admitted, or Invalid input, or No case, or Unknown measure, or Invalid quantity, or Price out of range, or Promotion refused, or Key reused
     */
    422: NotAdmittedProblem | InvalidInputProblem | NoCaseProblem | UnknownMeasureProblem | InvalidQuantityProblem | PriceOutOfRangeProblem | PromotionRefusedProblem | KeyReusedProblem;
    /**
     * Internal error
     */
    500: InternalErrorProblem;
    /**
     * Store unavailable
     */
    503: StoreUnavailableProblem;
};

export type AmendEventsError = AmendEventsErrors[keyof AmendEventsErrors];

export type AmendEventsResponses = {
    /**
     * Done
     */
    200: EventsBooking;
};

export type AmendEventsResponse = AmendEventsResponses[keyof AmendEventsResponses];

export type RunEventsPayoutsData = {
    body?: never;
    headers?: {
        'idempotency-key'?: IdempotencyKey;
    };
    path?: never;
    query?: never;
    url: '/v1/events/payouts';
};

export type RunEventsPayoutsErrors = {
    /**
     * Invalid request
     */
    400: InvalidRequestProblem;
    /**
     * Unauthenticated, or Token expired
     */
    401: UnauthenticatedProblem | TokenExpiredProblem;
    /**
     * Not permitted
     */
    403: NotPermittedProblem;
    /**
     * Key reused
     */
    422: KeyReusedProblem;
    /**
     * Internal error
     */
    500: InternalErrorProblem;
    /**
     * Store unavailable
     */
    503: StoreUnavailableProblem;
};

export type RunEventsPayoutsError = RunEventsPayoutsErrors[keyof RunEventsPayoutsErrors];

export type RunEventsPayoutsResponses = {
    /**
     * Done
     */
    201: PayoutRun;
};

export type RunEventsPayoutsResponse = RunEventsPayoutsResponses[keyof RunEventsPayoutsResponses];

export type IssueEventsInvoicesData = {
    body: {
        during: Interval;
        series?: InvoiceSeries;
    };
    headers?: {
        'idempotency-key'?: IdempotencyKey;
    };
    path?: never;
    query?: never;
    url: '/v1/events/invoices';
};

export type IssueEventsInvoicesErrors = {
    /**
     * Invalid request, or Malformed json
     */
    400: InvalidRequestProblem | MalformedJsonProblem;
    /**
     * Unauthenticated, or Token expired
     */
    401: UnauthenticatedProblem | TokenExpiredProblem;
    /**
     * Not permitted
     */
    403: NotPermittedProblem;
    /**
     * Period not over
     */
    409: PeriodNotOverProblem;
    /**
     * Body too large
     */
    413: BodyTooLargeProblem;
    /**
     * Unsupported media type
     */
    415: UnsupportedMediaTypeProblem;
    /**
     * Key reused
     */
    422: KeyReusedProblem;
    /**
     * Internal error
     */
    500: InternalErrorProblem;
    /**
     * Store unavailable
     */
    503: StoreUnavailableProblem;
};

export type IssueEventsInvoicesError = IssueEventsInvoicesErrors[keyof IssueEventsInvoicesErrors];

export type IssueEventsInvoicesResponses = {
    /**
     * Done
     */
    201: IssuedInvoices;
};

export type IssueEventsInvoicesResponse = IssueEventsInvoicesResponses[keyof IssueEventsInvoicesResponses];

export type PayOutEventsNowData = {
    body: {
        currency: Currency;
    };
    headers?: {
        'idempotency-key'?: IdempotencyKey;
    };
    path?: never;
    query?: never;
    url: '/v1/events/payouts/instant';
};

export type PayOutEventsNowErrors = {
    /**
     * Invalid request, or Malformed json
     */
    400: InvalidRequestProblem | MalformedJsonProblem;
    /**
     * Unauthenticated, or Token expired
     */
    401: UnauthenticatedProblem | TokenExpiredProblem;
    /**
     * Payout not found
     */
    404: PayoutNotFoundProblem;
    /**
     * Not instant
     */
    409: NotInstantProblem;
    /**
     * Body too large
     */
    413: BodyTooLargeProblem;
    /**
     * Unsupported media type
     */
    415: UnsupportedMediaTypeProblem;
    /**
     * Key reused
     */
    422: KeyReusedProblem;
    /**
     * Internal error
     */
    500: InternalErrorProblem;
    /**
     * Store unavailable
     */
    503: StoreUnavailableProblem;
};

export type PayOutEventsNowError = PayOutEventsNowErrors[keyof PayOutEventsNowErrors];

export type PayOutEventsNowResponses = {
    /**
     * Done
     */
    201: Payout;
};

export type PayOutEventsNowResponse = PayOutEventsNowResponses[keyof PayOutEventsNowResponses];

export type GetEventsBalanceData = {
    body?: never;
    path?: never;
    query?: never;
    url: '/v1/events/balance';
};

export type GetEventsBalanceErrors = {
    /**
     * Invalid request
     */
    400: InvalidRequestProblem;
    /**
     * Unauthenticated, or Token expired
     */
    401: UnauthenticatedProblem | TokenExpiredProblem;
    /**
     * Internal error
     */
    500: InternalErrorProblem;
    /**
     * Store unavailable
     */
    503: StoreUnavailableProblem;
};

export type GetEventsBalanceError = GetEventsBalanceErrors[keyof GetEventsBalanceErrors];

export type GetEventsBalanceResponses = {
    /**
     * Done
     */
    200: Balance1;
};

export type GetEventsBalanceResponse = GetEventsBalanceResponses[keyof GetEventsBalanceResponses];

export type CreateEventsSeriesData = {
    body: {
        listing: HostedEvent;
        repeat: SeriesRepeat;
    };
    headers?: {
        'idempotency-key'?: IdempotencyKey;
    };
    path?: never;
    query?: never;
    url: '/v1/events/series';
};

export type CreateEventsSeriesErrors = {
    /**
     * Invalid request, or Malformed json
     */
    400: InvalidRequestProblem | MalformedJsonProblem;
    /**
     * Unauthenticated, or Token expired
     */
    401: UnauthenticatedProblem | TokenExpiredProblem;
    /**
     * Listing not found
     */
    404: ListingNotFoundProblem;
    /**
     * Id taken, or Capacity exceeded
     */
    409: IdTakenProblem | CapacityExceededProblem;
    /**
     * Body too large
     */
    413: BodyTooLargeProblem;
    /**
     * Unsupported media type
     */
    415: UnsupportedMediaTypeProblem;
    /**
     * Invalid input, or Series refused, or No case, or Key reused
     */
    422: InvalidInputProblem | SeriesRefusedProblem | NoCaseProblem | KeyReusedProblem;
    /**
     * Internal error
     */
    500: InternalErrorProblem;
    /**
     * Store unavailable
     */
    503: StoreUnavailableProblem;
};

export type CreateEventsSeriesError = CreateEventsSeriesErrors[keyof CreateEventsSeriesErrors];

export type CreateEventsSeriesResponses = {
    /**
     * Done
     */
    201: Series;
};

export type CreateEventsSeriesResponse = CreateEventsSeriesResponses[keyof CreateEventsSeriesResponses];

export type ListEventsTicketsData = {
    body?: never;
    path: {
        booking: BookingId;
    };
    query?: never;
    url: '/v1/events/bookings/{booking}/tickets';
};

export type ListEventsTicketsErrors = {
    /**
     * Invalid request
     */
    400: InvalidRequestProblem;
    /**
     * Unauthenticated, or Token expired
     */
    401: UnauthenticatedProblem | TokenExpiredProblem;
    /**
     * Booking not found
     */
    404: BookingNotFoundProblem;
    /**
     * Tickets not signed
     */
    409: TicketsNotSignedProblem;
    /**
     * Internal error
     */
    500: InternalErrorProblem;
    /**
     * Store unavailable
     */
    503: StoreUnavailableProblem;
};

export type ListEventsTicketsError = ListEventsTicketsErrors[keyof ListEventsTicketsErrors];

export type ListEventsTicketsResponses = {
    /**
     * Done
     */
    200: CodedTickets;
};

export type ListEventsTicketsResponse = ListEventsTicketsResponses[keyof ListEventsTicketsResponses];

export type ReissueEventsTicketsData = {
    body?: never;
    headers?: {
        'idempotency-key'?: IdempotencyKey;
    };
    path: {
        booking: BookingId;
    };
    query?: never;
    url: '/v1/events/bookings/{booking}/tickets';
};

export type ReissueEventsTicketsErrors = {
    /**
     * Invalid request
     */
    400: InvalidRequestProblem;
    /**
     * Unauthenticated, or Token expired
     */
    401: UnauthenticatedProblem | TokenExpiredProblem;
    /**
     * Not permitted
     */
    403: NotPermittedProblem;
    /**
     * Booking not found
     */
    404: BookingNotFoundProblem;
    /**
     * Tickets not signed, or Not amendable
     */
    409: TicketsNotSignedProblem | NotAmendableProblem;
    /**
     * Key reused
     */
    422: KeyReusedProblem;
    /**
     * Internal error
     */
    500: InternalErrorProblem;
    /**
     * Store unavailable
     */
    503: StoreUnavailableProblem;
};

export type ReissueEventsTicketsError = ReissueEventsTicketsErrors[keyof ReissueEventsTicketsErrors];

export type ReissueEventsTicketsResponses = {
    /**
     * Done
     */
    201: CodedTickets;
};

export type ReissueEventsTicketsResponse = ReissueEventsTicketsResponses[keyof ReissueEventsTicketsResponses];

export type GetEventsGateData = {
    body?: never;
    path: {
        listing: ListingId;
    };
    query?: never;
    url: '/v1/events/listings/{listing}/gate';
};

export type GetEventsGateErrors = {
    /**
     * Invalid request
     */
    400: InvalidRequestProblem;
    /**
     * Unauthenticated, or Token expired
     */
    401: UnauthenticatedProblem | TokenExpiredProblem;
    /**
     * Not permitted
     */
    403: NotPermittedProblem;
    /**
     * Listing not found
     */
    404: ListingNotFoundProblem;
    /**
     * Tickets not signed, or Listing not open
     */
    409: TicketsNotSignedProblem | ListingNotOpenProblem;
    /**
     * Internal error
     */
    500: InternalErrorProblem;
    /**
     * Store unavailable
     */
    503: StoreUnavailableProblem;
};

export type GetEventsGateError = GetEventsGateErrors[keyof GetEventsGateErrors];

export type GetEventsGateResponses = {
    /**
     * Done
     */
    200: Gate;
};

export type GetEventsGateResponse = GetEventsGateResponses[keyof GetEventsGateResponses];

export type ScanEventsTicketsData = {
    body: {
        scans: [
            PresentedScan,
            PresentedScan
        ];
    };
    path: {
        listing: ListingId;
    };
    query?: never;
    url: '/v1/events/listings/{listing}/scans';
};

export type ScanEventsTicketsErrors = {
    /**
     * Invalid request, or Malformed json
     */
    400: InvalidRequestProblem | MalformedJsonProblem;
    /**
     * Unauthenticated, or Token expired
     */
    401: UnauthenticatedProblem | TokenExpiredProblem;
    /**
     * Not permitted
     */
    403: NotPermittedProblem;
    /**
     * Listing not found
     */
    404: ListingNotFoundProblem;
    /**
     * Tickets not signed
     */
    409: TicketsNotSignedProblem;
    /**
     * Body too large
     */
    413: BodyTooLargeProblem;
    /**
     * Unsupported media type
     */
    415: UnsupportedMediaTypeProblem;
    /**
     * Invalid input
     */
    422: InvalidInputProblem;
    /**
     * Internal error
     */
    500: InternalErrorProblem;
    /**
     * Store unavailable
     */
    503: StoreUnavailableProblem;
};

export type ScanEventsTicketsError = ScanEventsTicketsErrors[keyof ScanEventsTicketsErrors];

export type ScanEventsTicketsResponses = {
    /**
     * Done
     */
    200: ScanAnswers;
};

export type ScanEventsTicketsResponse = ScanEventsTicketsResponses[keyof ScanEventsTicketsResponses];

export type SearchParkingListingsData = {
    body?: never;
    path?: never;
    query?: {
        latitude?: number;
        longitude?: number;
        radiusMetres?: number;
        from?: Instant;
        to?: Instant;
        mine?: boolean;
        after?: string;
        limit?: number;
    };
    url: '/v1/parking/listings';
};

export type SearchParkingListingsErrors = {
    /**
     * Invalid request
     */
    400: InvalidRequestProblem;
    /**
     * Unauthenticated, or Token expired
     */
    401: UnauthenticatedProblem | TokenExpiredProblem;
    /**
     * Incomplete search
     */
    422: IncompleteSearchProblem;
    /**
     * Internal error
     */
    500: InternalErrorProblem;
    /**
     * Store unavailable
     */
    503: StoreUnavailableProblem;
};

export type SearchParkingListingsError = SearchParkingListingsErrors[keyof SearchParkingListingsErrors];

export type SearchParkingListingsResponses = {
    /**
     * Done
     */
    200: ParkingListingPage;
};

export type SearchParkingListingsResponse = SearchParkingListingsResponses[keyof SearchParkingListingsResponses];

export type CreateParkingListingData = {
    body: Driveway;
    headers?: {
        'idempotency-key'?: IdempotencyKey;
    };
    path?: never;
    query?: never;
    url: '/v1/parking/listings';
};

export type CreateParkingListingErrors = {
    /**
     * Invalid request, or Malformed json
     */
    400: InvalidRequestProblem | MalformedJsonProblem;
    /**
     * Unauthenticated, or Token expired
     */
    401: UnauthenticatedProblem | TokenExpiredProblem;
    /**
     * Listing not found
     */
    404: ListingNotFoundProblem;
    /**
     * Id taken, or Capacity exceeded
     */
    409: IdTakenProblem | CapacityExceededProblem;
    /**
     * Body too large
     */
    413: BodyTooLargeProblem;
    /**
     * Unsupported media type
     */
    415: UnsupportedMediaTypeProblem;
    /**
     * Invalid input, or No case, or Key reused
     */
    422: InvalidInputProblem | NoCaseProblem | KeyReusedProblem;
    /**
     * Internal error
     */
    500: InternalErrorProblem;
    /**
     * Store unavailable
     */
    503: StoreUnavailableProblem;
};

export type CreateParkingListingError = CreateParkingListingErrors[keyof CreateParkingListingErrors];

export type CreateParkingListingResponses = {
    /**
     * Done
     */
    201: ParkingListing;
};

export type CreateParkingListingResponse = CreateParkingListingResponses[keyof CreateParkingListingResponses];

export type FindParkingListingsData = {
    body: {
        near?: {
            place: Place;
            radiusMetres?: number;
        };
        request?: Stay;
        during?: Interval;
        where?: Array<FeatureFilter>;
        after?: string;
        limit?: number;
    };
    path?: never;
    query?: never;
    url: '/v1/parking/listings/search';
};

export type FindParkingListingsErrors = {
    /**
     * Invalid request, or Malformed json
     */
    400: InvalidRequestProblem | MalformedJsonProblem;
    /**
     * Unauthenticated, or Token expired
     */
    401: UnauthenticatedProblem | TokenExpiredProblem;
    /**
     * Body too large
     */
    413: BodyTooLargeProblem;
    /**
     * Unsupported media type
     */
    415: UnsupportedMediaTypeProblem;
    /**
     * Invalid input, or Filter refused
     */
    422: InvalidInputProblem | FilterRefusedProblem;
    /**
     * Internal error
     */
    500: InternalErrorProblem;
    /**
     * Store unavailable
     */
    503: StoreUnavailableProblem;
};

export type FindParkingListingsError = FindParkingListingsErrors[keyof FindParkingListingsErrors];

export type FindParkingListingsResponses = {
    /**
     * Done
     */
    200: ParkingListingsFound;
};

export type FindParkingListingsResponse = FindParkingListingsResponses[keyof FindParkingListingsResponses];

export type AmendParkingListingData = {
    body: {
        listing: Driveway;
    };
    headers?: {
        'idempotency-key'?: IdempotencyKey;
    };
    path: {
        listing: ListingId;
    };
    query?: never;
    url: '/v1/parking/listings/{listing}/amendments';
};

export type AmendParkingListingErrors = {
    /**
     * Invalid request, or Malformed json
     */
    400: InvalidRequestProblem | MalformedJsonProblem;
    /**
     * Unauthenticated, or Token expired
     */
    401: UnauthenticatedProblem | TokenExpiredProblem;
    /**
     * Not permitted
     */
    403: NotPermittedProblem;
    /**
     * Listing not found
     */
    404: ListingNotFoundProblem;
    /**
     * Capacity exceeded, or Listing not amendable
     */
    409: CapacityExceededProblem | ListingNotAmendableProblem;
    /**
     * Body too large
     */
    413: BodyTooLargeProblem;
    /**
     * Unsupported media type
     */
    415: UnsupportedMediaTypeProblem;
    /**
     * Invalid input, or No case, or Unknown measure, or Invalid quantity, or Price out of range, or Key reused
     */
    422: InvalidInputProblem | NoCaseProblem | UnknownMeasureProblem | InvalidQuantityProblem | PriceOutOfRangeProblem | KeyReusedProblem;
    /**
     * Internal error
     */
    500: InternalErrorProblem;
    /**
     * Store unavailable
     */
    503: StoreUnavailableProblem;
};

export type AmendParkingListingError = AmendParkingListingErrors[keyof AmendParkingListingErrors];

export type AmendParkingListingResponses = {
    /**
     * Done
     */
    200: ParkingListing;
};

export type AmendParkingListingResponse = AmendParkingListingResponses[keyof AmendParkingListingResponses];

export type QuoteParkingData = {
    body: {
        request: Stay;
        promotion?: PromotionCode;
        bundle?: number;
    };
    path: {
        listing: ListingId;
    };
    query?: never;
    url: '/v1/parking/listings/{listing}/quotes';
};

export type QuoteParkingErrors = {
    /**
     * Invalid request, or Malformed json
     */
    400: InvalidRequestProblem | MalformedJsonProblem;
    /**
     * Unauthenticated, or Token expired
     */
    401: UnauthenticatedProblem | TokenExpiredProblem;
    /**
     * Listing not found
     */
    404: ListingNotFoundProblem;
    /**
     * Body too large
     */
    413: BodyTooLargeProblem;
    /**
     * Unsupported media type
     */
    415: UnsupportedMediaTypeProblem;
    /**
     * Invalid input, or Not admitted, or No case, or Unknown measure, or Invalid quantity, or Price out of range, or Promotion refused
     */
    422: InvalidInputProblem | NotAdmittedProblem | NoCaseProblem | UnknownMeasureProblem | InvalidQuantityProblem | PriceOutOfRangeProblem | PromotionRefusedProblem;
    /**
     * Internal error
     */
    500: InternalErrorProblem;
    /**
     * Store unavailable
     */
    503: StoreUnavailableProblem;
};

export type QuoteParkingError = QuoteParkingErrors[keyof QuoteParkingErrors];

export type QuoteParkingResponses = {
    /**
     * Done
     */
    200: PricedRequest;
};

export type QuoteParkingResponse = QuoteParkingResponses[keyof QuoteParkingResponses];

export type BookParkingData = {
    body: {
        request: Stay;
        channel?: 'online' | 'cash';
        expected?: Money;
        promotion?: PromotionCode;
        wallet?: boolean;
        waitlist?: boolean;
    };
    headers: {
        'idempotency-key': IdempotencyKey;
    };
    path: {
        listing: ListingId;
    };
    query?: never;
    url: '/v1/parking/listings/{listing}/bookings';
};

export type BookParkingErrors = {
    /**
     * Invalid request, or Malformed json
     */
    400: InvalidRequestProblem | MalformedJsonProblem;
    /**
     * Unauthenticated, or Token expired
     */
    401: UnauthenticatedProblem | TokenExpiredProblem;
    /**
     * Listing not found, or Booking not found
     */
    404: ListingNotFoundProblem | BookingNotFoundProblem;
    /**
     * Capacity exceeded, or Seats refused, or Listing not open, or Price changed, or Cash not taken, or Id taken
     */
    409: CapacityExceededProblem | SeatsRefusedProblem | ListingNotOpenProblem | PriceChangedProblem | CashNotTakenProblem | IdTakenProblem;
    /**
     * Body too large
     */
    413: BodyTooLargeProblem;
    /**
     * Unsupported media type
     */
    415: UnsupportedMediaTypeProblem;
    /**
     * Not admitted, or Channel not accepted, or Invalid input, or No case, or Unknown measure, or Invalid quantity, or Price out of range, or Promotion refused, or Key reused
     */
    422: NotAdmittedProblem | ChannelNotAcceptedProblem | InvalidInputProblem | NoCaseProblem | UnknownMeasureProblem | InvalidQuantityProblem | PriceOutOfRangeProblem | PromotionRefusedProblem | KeyReusedProblem;
    /**
     * Internal error
     */
    500: InternalErrorProblem;
    /**
     * Store unavailable
     */
    503: StoreUnavailableProblem;
};

export type BookParkingError = BookParkingErrors[keyof BookParkingErrors];

export type BookParkingResponses = {
    /**
     * Done
     */
    201: ParkingBooking;
};

export type BookParkingResponse = BookParkingResponses[keyof BookParkingResponses];

export type AmendParkingData = {
    body: {
        request: Stay;
    };
    headers?: {
        'idempotency-key'?: IdempotencyKey;
    };
    path: {
        booking: BookingId;
    };
    query?: never;
    url: '/v1/parking/bookings/{booking}/amendments';
};

export type AmendParkingErrors = {
    /**
     * Invalid request, or Malformed json
     */
    400: InvalidRequestProblem | MalformedJsonProblem;
    /**
     * Unauthenticated, or Token expired
     */
    401: UnauthenticatedProblem | TokenExpiredProblem;
    /**
     * Not permitted
     */
    403: NotPermittedProblem;
    /**
     * Booking not found
     */
    404: BookingNotFoundProblem;
    /**
     * Capacity exceeded, or Not amendable
     */
    409: CapacityExceededProblem | NotAmendableProblem;
    /**
     * Body too large
     */
    413: BodyTooLargeProblem;
    /**
     * Unsupported media type
     */
    415: UnsupportedMediaTypeProblem;
    /**
     * Not admitted, or Invalid input, or No case, or Unknown measure, or Invalid quantity, or Price out of range, or Promotion refused, or Key reused
     */
    422: NotAdmittedProblem | InvalidInputProblem | NoCaseProblem | UnknownMeasureProblem | InvalidQuantityProblem | PriceOutOfRangeProblem | PromotionRefusedProblem | KeyReusedProblem;
    /**
     * Internal error
     */
    500: InternalErrorProblem;
    /**
     * Store unavailable
     */
    503: StoreUnavailableProblem;
};

export type AmendParkingError = AmendParkingErrors[keyof AmendParkingErrors];

export type AmendParkingResponses = {
    /**
     * Done
     */
    200: ParkingBooking;
};

export type AmendParkingResponse = AmendParkingResponses[keyof AmendParkingResponses];

export type RunParkingPayoutsData = {
    body?: never;
    headers?: {
        'idempotency-key'?: IdempotencyKey;
    };
    path?: never;
    query?: never;
    url: '/v1/parking/payouts';
};

export type RunParkingPayoutsErrors = {
    /**
     * Invalid request
     */
    400: InvalidRequestProblem;
    /**
     * Unauthenticated, or Token expired
     */
    401: UnauthenticatedProblem | TokenExpiredProblem;
    /**
     * Not permitted
     */
    403: NotPermittedProblem;
    /**
     * Key reused
     */
    422: KeyReusedProblem;
    /**
     * Internal error
     */
    500: InternalErrorProblem;
    /**
     * Store unavailable
     */
    503: StoreUnavailableProblem;
};

export type RunParkingPayoutsError = RunParkingPayoutsErrors[keyof RunParkingPayoutsErrors];

export type RunParkingPayoutsResponses = {
    /**
     * Done
     */
    201: PayoutRun;
};

export type RunParkingPayoutsResponse = RunParkingPayoutsResponses[keyof RunParkingPayoutsResponses];

export type IssueParkingInvoicesData = {
    body: {
        during: Interval;
        series?: InvoiceSeries;
    };
    headers?: {
        'idempotency-key'?: IdempotencyKey;
    };
    path?: never;
    query?: never;
    url: '/v1/parking/invoices';
};

export type IssueParkingInvoicesErrors = {
    /**
     * Invalid request, or Malformed json
     */
    400: InvalidRequestProblem | MalformedJsonProblem;
    /**
     * Unauthenticated, or Token expired
     */
    401: UnauthenticatedProblem | TokenExpiredProblem;
    /**
     * Not permitted
     */
    403: NotPermittedProblem;
    /**
     * Period not over
     */
    409: PeriodNotOverProblem;
    /**
     * Body too large
     */
    413: BodyTooLargeProblem;
    /**
     * Unsupported media type
     */
    415: UnsupportedMediaTypeProblem;
    /**
     * Key reused
     */
    422: KeyReusedProblem;
    /**
     * Internal error
     */
    500: InternalErrorProblem;
    /**
     * Store unavailable
     */
    503: StoreUnavailableProblem;
};

export type IssueParkingInvoicesError = IssueParkingInvoicesErrors[keyof IssueParkingInvoicesErrors];

export type IssueParkingInvoicesResponses = {
    /**
     * Done
     */
    201: IssuedInvoices;
};

export type IssueParkingInvoicesResponse = IssueParkingInvoicesResponses[keyof IssueParkingInvoicesResponses];

export type PayOutParkingNowData = {
    body: {
        currency: Currency;
    };
    headers?: {
        'idempotency-key'?: IdempotencyKey;
    };
    path?: never;
    query?: never;
    url: '/v1/parking/payouts/instant';
};

export type PayOutParkingNowErrors = {
    /**
     * Invalid request, or Malformed json
     */
    400: InvalidRequestProblem | MalformedJsonProblem;
    /**
     * Unauthenticated, or Token expired
     */
    401: UnauthenticatedProblem | TokenExpiredProblem;
    /**
     * Payout not found
     */
    404: PayoutNotFoundProblem;
    /**
     * Not instant
     */
    409: NotInstantProblem;
    /**
     * Body too large
     */
    413: BodyTooLargeProblem;
    /**
     * Unsupported media type
     */
    415: UnsupportedMediaTypeProblem;
    /**
     * Key reused
     */
    422: KeyReusedProblem;
    /**
     * Internal error
     */
    500: InternalErrorProblem;
    /**
     * Store unavailable
     */
    503: StoreUnavailableProblem;
};

export type PayOutParkingNowError = PayOutParkingNowErrors[keyof PayOutParkingNowErrors];

export type PayOutParkingNowResponses = {
    /**
     * Done
     */
    201: Payout;
};

export type PayOutParkingNowResponse = PayOutParkingNowResponses[keyof PayOutParkingNowResponses];

export type GetParkingBalanceData = {
    body?: never;
    path?: never;
    query?: never;
    url: '/v1/parking/balance';
};

export type GetParkingBalanceErrors = {
    /**
     * Invalid request
     */
    400: InvalidRequestProblem;
    /**
     * Unauthenticated, or Token expired
     */
    401: UnauthenticatedProblem | TokenExpiredProblem;
    /**
     * Internal error
     */
    500: InternalErrorProblem;
    /**
     * Store unavailable
     */
    503: StoreUnavailableProblem;
};

export type GetParkingBalanceError = GetParkingBalanceErrors[keyof GetParkingBalanceErrors];

export type GetParkingBalanceResponses = {
    /**
     * Done
     */
    200: Balance1;
};

export type GetParkingBalanceResponse = GetParkingBalanceResponses[keyof GetParkingBalanceResponses];

export type SearchRidesListingsData = {
    body?: never;
    path?: never;
    query?: {
        latitude?: number;
        longitude?: number;
        radiusMetres?: number;
        from?: Instant;
        to?: Instant;
        mine?: boolean;
        after?: string;
        limit?: number;
    };
    url: '/v1/rides/listings';
};

export type SearchRidesListingsErrors = {
    /**
     * Invalid request
     */
    400: InvalidRequestProblem;
    /**
     * Unauthenticated, or Token expired
     */
    401: UnauthenticatedProblem | TokenExpiredProblem;
    /**
     * Incomplete search
     */
    422: IncompleteSearchProblem;
    /**
     * Internal error
     */
    500: InternalErrorProblem;
    /**
     * Store unavailable
     */
    503: StoreUnavailableProblem;
};

export type SearchRidesListingsError = SearchRidesListingsErrors[keyof SearchRidesListingsErrors];

export type SearchRidesListingsResponses = {
    /**
     * Done
     */
    200: RidesListingPage;
};

export type SearchRidesListingsResponse = SearchRidesListingsResponses[keyof SearchRidesListingsResponses];

export type CreateRidesListingData = {
    body: Trip;
    headers?: {
        'idempotency-key'?: IdempotencyKey;
    };
    path?: never;
    query?: never;
    url: '/v1/rides/listings';
};

export type CreateRidesListingErrors = {
    /**
     * Invalid request, or Malformed json
     */
    400: InvalidRequestProblem | MalformedJsonProblem;
    /**
     * Unauthenticated, or Token expired
     */
    401: UnauthenticatedProblem | TokenExpiredProblem;
    /**
     * Listing not found
     */
    404: ListingNotFoundProblem;
    /**
     * Id taken, or Capacity exceeded
     */
    409: IdTakenProblem | CapacityExceededProblem;
    /**
     * Body too large
     */
    413: BodyTooLargeProblem;
    /**
     * Unsupported media type
     */
    415: UnsupportedMediaTypeProblem;
    /**
     * Invalid input, or No case, or Key reused
     */
    422: InvalidInputProblem | NoCaseProblem | KeyReusedProblem;
    /**
     * Internal error
     */
    500: InternalErrorProblem;
    /**
     * Store unavailable
     */
    503: StoreUnavailableProblem;
};

export type CreateRidesListingError = CreateRidesListingErrors[keyof CreateRidesListingErrors];

export type CreateRidesListingResponses = {
    /**
     * Done
     */
    201: RidesListing;
};

export type CreateRidesListingResponse = CreateRidesListingResponses[keyof CreateRidesListingResponses];

export type FindRidesListingsData = {
    body: {
        near?: {
            place: Place;
            radiusMetres?: number;
        };
        request?: Seats;
        during?: Interval;
        where?: Array<FeatureFilter>;
        after?: string;
        limit?: number;
    };
    path?: never;
    query?: never;
    url: '/v1/rides/listings/search';
};

export type FindRidesListingsErrors = {
    /**
     * Invalid request, or Malformed json
     */
    400: InvalidRequestProblem | MalformedJsonProblem;
    /**
     * Unauthenticated, or Token expired
     */
    401: UnauthenticatedProblem | TokenExpiredProblem;
    /**
     * Body too large
     */
    413: BodyTooLargeProblem;
    /**
     * Unsupported media type
     */
    415: UnsupportedMediaTypeProblem;
    /**
     * Invalid input, or Filter refused
     */
    422: InvalidInputProblem | FilterRefusedProblem;
    /**
     * Internal error
     */
    500: InternalErrorProblem;
    /**
     * Store unavailable
     */
    503: StoreUnavailableProblem;
};

export type FindRidesListingsError = FindRidesListingsErrors[keyof FindRidesListingsErrors];

export type FindRidesListingsResponses = {
    /**
     * Done
     */
    200: RidesListingsFound;
};

export type FindRidesListingsResponse = FindRidesListingsResponses[keyof FindRidesListingsResponses];

export type AmendRidesListingData = {
    body: {
        listing: Trip;
    };
    headers?: {
        'idempotency-key'?: IdempotencyKey;
    };
    path: {
        listing: ListingId;
    };
    query?: never;
    url: '/v1/rides/listings/{listing}/amendments';
};

export type AmendRidesListingErrors = {
    /**
     * Invalid request, or Malformed json
     */
    400: InvalidRequestProblem | MalformedJsonProblem;
    /**
     * Unauthenticated, or Token expired
     */
    401: UnauthenticatedProblem | TokenExpiredProblem;
    /**
     * Not permitted
     */
    403: NotPermittedProblem;
    /**
     * Listing not found
     */
    404: ListingNotFoundProblem;
    /**
     * Capacity exceeded, or Listing not amendable
     */
    409: CapacityExceededProblem | ListingNotAmendableProblem;
    /**
     * Body too large
     */
    413: BodyTooLargeProblem;
    /**
     * Unsupported media type
     */
    415: UnsupportedMediaTypeProblem;
    /**
     * Invalid input, or No case, or Unknown measure, or Invalid quantity, or Price out of range, or Key reused
     */
    422: InvalidInputProblem | NoCaseProblem | UnknownMeasureProblem | InvalidQuantityProblem | PriceOutOfRangeProblem | KeyReusedProblem;
    /**
     * Internal error
     */
    500: InternalErrorProblem;
    /**
     * Store unavailable
     */
    503: StoreUnavailableProblem;
};

export type AmendRidesListingError = AmendRidesListingErrors[keyof AmendRidesListingErrors];

export type AmendRidesListingResponses = {
    /**
     * Done
     */
    200: RidesListing;
};

export type AmendRidesListingResponse = AmendRidesListingResponses[keyof AmendRidesListingResponses];

export type QuoteRidesData = {
    body: {
        request: Seats;
        promotion?: PromotionCode;
        bundle?: number;
    };
    path: {
        listing: ListingId;
    };
    query?: never;
    url: '/v1/rides/listings/{listing}/quotes';
};

export type QuoteRidesErrors = {
    /**
     * Invalid request, or Malformed json
     */
    400: InvalidRequestProblem | MalformedJsonProblem;
    /**
     * Unauthenticated, or Token expired
     */
    401: UnauthenticatedProblem | TokenExpiredProblem;
    /**
     * Listing not found
     */
    404: ListingNotFoundProblem;
    /**
     * Body too large
     */
    413: BodyTooLargeProblem;
    /**
     * Unsupported media type
     */
    415: UnsupportedMediaTypeProblem;
    /**
     * Invalid input, or Not admitted, or No case, or Unknown measure, or Invalid quantity, or Price out of range, or Promotion refused
     */
    422: InvalidInputProblem | NotAdmittedProblem | NoCaseProblem | UnknownMeasureProblem | InvalidQuantityProblem | PriceOutOfRangeProblem | PromotionRefusedProblem;
    /**
     * Internal error
     */
    500: InternalErrorProblem;
    /**
     * Store unavailable
     */
    503: StoreUnavailableProblem;
};

export type QuoteRidesError = QuoteRidesErrors[keyof QuoteRidesErrors];

export type QuoteRidesResponses = {
    /**
     * Done
     */
    200: PricedRequest;
};

export type QuoteRidesResponse = QuoteRidesResponses[keyof QuoteRidesResponses];

export type BookRidesData = {
    body: {
        request: Seats;
        channel?: 'online' | 'cash';
        expected?: Money;
        promotion?: PromotionCode;
        wallet?: boolean;
        waitlist?: boolean;
    };
    headers: {
        'idempotency-key': IdempotencyKey;
    };
    path: {
        listing: ListingId;
    };
    query?: never;
    url: '/v1/rides/listings/{listing}/bookings';
};

export type BookRidesErrors = {
    /**
     * Invalid request, or Malformed json
     */
    400: InvalidRequestProblem | MalformedJsonProblem;
    /**
     * Unauthenticated, or Token expired
     */
    401: UnauthenticatedProblem | TokenExpiredProblem;
    /**
     * Listing not found, or Booking not found
     */
    404: ListingNotFoundProblem | BookingNotFoundProblem;
    /**
     * Capacity exceeded, or Seats refused, or Listing not open, or Price changed, or Cash not taken, or Id taken
     */
    409: CapacityExceededProblem | SeatsRefusedProblem | ListingNotOpenProblem | PriceChangedProblem | CashNotTakenProblem | IdTakenProblem;
    /**
     * Body too large
     */
    413: BodyTooLargeProblem;
    /**
     * Unsupported media type
     */
    415: UnsupportedMediaTypeProblem;
    /**
     * Not admitted, or Channel not accepted, or Invalid input, or No case, or Unknown measure, or Invalid quantity, or Price out of range, or Promotion refused, or Key reused
     */
    422: NotAdmittedProblem | ChannelNotAcceptedProblem | InvalidInputProblem | NoCaseProblem | UnknownMeasureProblem | InvalidQuantityProblem | PriceOutOfRangeProblem | PromotionRefusedProblem | KeyReusedProblem;
    /**
     * Internal error
     */
    500: InternalErrorProblem;
    /**
     * Store unavailable
     */
    503: StoreUnavailableProblem;
};

export type BookRidesError = BookRidesErrors[keyof BookRidesErrors];

export type BookRidesResponses = {
    /**
     * Done
     */
    201: RidesBooking;
};

export type BookRidesResponse = BookRidesResponses[keyof BookRidesResponses];

export type AmendRidesData = {
    body: {
        request: Seats;
    };
    headers?: {
        'idempotency-key'?: IdempotencyKey;
    };
    path: {
        booking: BookingId;
    };
    query?: never;
    url: '/v1/rides/bookings/{booking}/amendments';
};

export type AmendRidesErrors = {
    /**
     * Invalid request, or Malformed json
     */
    400: InvalidRequestProblem | MalformedJsonProblem;
    /**
     * Unauthenticated, or Token expired
     */
    401: UnauthenticatedProblem | TokenExpiredProblem;
    /**
     * Not permitted
     */
    403: NotPermittedProblem;
    /**
     * Booking not found
     */
    404: BookingNotFoundProblem;
    /**
     * Capacity exceeded, or Not amendable
     */
    409: CapacityExceededProblem | NotAmendableProblem;
    /**
     * Body too large
     */
    413: BodyTooLargeProblem;
    /**
     * Unsupported media type
     */
    415: UnsupportedMediaTypeProblem;
    /**
     * Not admitted, or Invalid input, or No case, or Unknown measure, or Invalid quantity, or Price out of range, or Promotion refused, or Key reused
     */
    422: NotAdmittedProblem | InvalidInputProblem | NoCaseProblem | UnknownMeasureProblem | InvalidQuantityProblem | PriceOutOfRangeProblem | PromotionRefusedProblem | KeyReusedProblem;
    /**
     * Internal error
     */
    500: InternalErrorProblem;
    /**
     * Store unavailable
     */
    503: StoreUnavailableProblem;
};

export type AmendRidesError = AmendRidesErrors[keyof AmendRidesErrors];

export type AmendRidesResponses = {
    /**
     * Done
     */
    200: RidesBooking;
};

export type AmendRidesResponse = AmendRidesResponses[keyof AmendRidesResponses];

export type RunRidesPayoutsData = {
    body?: never;
    headers?: {
        'idempotency-key'?: IdempotencyKey;
    };
    path?: never;
    query?: never;
    url: '/v1/rides/payouts';
};

export type RunRidesPayoutsErrors = {
    /**
     * Invalid request
     */
    400: InvalidRequestProblem;
    /**
     * Unauthenticated, or Token expired
     */
    401: UnauthenticatedProblem | TokenExpiredProblem;
    /**
     * Not permitted
     */
    403: NotPermittedProblem;
    /**
     * Key reused
     */
    422: KeyReusedProblem;
    /**
     * Internal error
     */
    500: InternalErrorProblem;
    /**
     * Store unavailable
     */
    503: StoreUnavailableProblem;
};

export type RunRidesPayoutsError = RunRidesPayoutsErrors[keyof RunRidesPayoutsErrors];

export type RunRidesPayoutsResponses = {
    /**
     * Done
     */
    201: PayoutRun;
};

export type RunRidesPayoutsResponse = RunRidesPayoutsResponses[keyof RunRidesPayoutsResponses];

export type IssueRidesInvoicesData = {
    body: {
        during: Interval;
        series?: InvoiceSeries;
    };
    headers?: {
        'idempotency-key'?: IdempotencyKey;
    };
    path?: never;
    query?: never;
    url: '/v1/rides/invoices';
};

export type IssueRidesInvoicesErrors = {
    /**
     * Invalid request, or Malformed json
     */
    400: InvalidRequestProblem | MalformedJsonProblem;
    /**
     * Unauthenticated, or Token expired
     */
    401: UnauthenticatedProblem | TokenExpiredProblem;
    /**
     * Not permitted
     */
    403: NotPermittedProblem;
    /**
     * Period not over
     */
    409: PeriodNotOverProblem;
    /**
     * Body too large
     */
    413: BodyTooLargeProblem;
    /**
     * Unsupported media type
     */
    415: UnsupportedMediaTypeProblem;
    /**
     * Key reused
     */
    422: KeyReusedProblem;
    /**
     * Internal error
     */
    500: InternalErrorProblem;
    /**
     * Store unavailable
     */
    503: StoreUnavailableProblem;
};

export type IssueRidesInvoicesError = IssueRidesInvoicesErrors[keyof IssueRidesInvoicesErrors];

export type IssueRidesInvoicesResponses = {
    /**
     * Done
     */
    201: IssuedInvoices;
};

export type IssueRidesInvoicesResponse = IssueRidesInvoicesResponses[keyof IssueRidesInvoicesResponses];

export type PayOutRidesNowData = {
    body: {
        currency: Currency;
    };
    headers?: {
        'idempotency-key'?: IdempotencyKey;
    };
    path?: never;
    query?: never;
    url: '/v1/rides/payouts/instant';
};

export type PayOutRidesNowErrors = {
    /**
     * Invalid request, or Malformed json
     */
    400: InvalidRequestProblem | MalformedJsonProblem;
    /**
     * Unauthenticated, or Token expired
     */
    401: UnauthenticatedProblem | TokenExpiredProblem;
    /**
     * Payout not found
     */
    404: PayoutNotFoundProblem;
    /**
     * Not instant
     */
    409: NotInstantProblem;
    /**
     * Body too large
     */
    413: BodyTooLargeProblem;
    /**
     * Unsupported media type
     */
    415: UnsupportedMediaTypeProblem;
    /**
     * Key reused
     */
    422: KeyReusedProblem;
    /**
     * Internal error
     */
    500: InternalErrorProblem;
    /**
     * Store unavailable
     */
    503: StoreUnavailableProblem;
};

export type PayOutRidesNowError = PayOutRidesNowErrors[keyof PayOutRidesNowErrors];

export type PayOutRidesNowResponses = {
    /**
     * Done
     */
    201: Payout;
};

export type PayOutRidesNowResponse = PayOutRidesNowResponses[keyof PayOutRidesNowResponses];

export type GetRidesBalanceData = {
    body?: never;
    path?: never;
    query?: never;
    url: '/v1/rides/balance';
};

export type GetRidesBalanceErrors = {
    /**
     * Invalid request
     */
    400: InvalidRequestProblem;
    /**
     * Unauthenticated, or Token expired
     */
    401: UnauthenticatedProblem | TokenExpiredProblem;
    /**
     * Internal error
     */
    500: InternalErrorProblem;
    /**
     * Store unavailable
     */
    503: StoreUnavailableProblem;
};

export type GetRidesBalanceError = GetRidesBalanceErrors[keyof GetRidesBalanceErrors];

export type GetRidesBalanceResponses = {
    /**
     * Done
     */
    200: Balance1;
};

export type GetRidesBalanceResponse = GetRidesBalanceResponses[keyof GetRidesBalanceResponses];

export type BookRidesBundleData = {
    body: {
        requests: Array<{
            listing: ListingId;
            request: Seats;
            channel?: 'online' | 'cash';
            expected?: Money;
            promotion?: PromotionCode;
            wallet?: boolean;
        }>;
    };
    headers: {
        'idempotency-key': IdempotencyKey;
    };
    path?: never;
    query?: never;
    url: '/v1/rides/bundles';
};

export type BookRidesBundleErrors = {
    /**
     * Invalid request, or Malformed json
     */
    400: InvalidRequestProblem | MalformedJsonProblem;
    /**
     * Unauthenticated, or Token expired
     */
    401: UnauthenticatedProblem | TokenExpiredProblem;
    /**
     * Bundle not booked
     */
    409: BundleNotBookedProblem;
    /**
     * Body too large
     */
    413: BodyTooLargeProblem;
    /**
     * Unsupported media type
     */
    415: UnsupportedMediaTypeProblem;
    /**
     * Invalid input, or Key reused
     */
    422: InvalidInputProblem | KeyReusedProblem;
    /**
     * Internal error
     */
    500: InternalErrorProblem;
    /**
     * Store unavailable
     */
    503: StoreUnavailableProblem;
};

export type BookRidesBundleError = BookRidesBundleErrors[keyof BookRidesBundleErrors];

export type BookRidesBundleResponses = {
    /**
     * Done
     */
    201: RidesBundle;
};

export type BookRidesBundleResponse = BookRidesBundleResponses[keyof BookRidesBundleResponses];

export type ReadClockData = {
    body?: never;
    path?: never;
    query?: never;
    url: '/sandbox/clock';
};

export type ReadClockErrors = {
    /**
     * Invalid request
     */
    400: InvalidRequestProblem;
    /**
     * Internal error
     */
    500: InternalErrorProblem;
};

export type ReadClockError = ReadClockErrors[keyof ReadClockErrors];

export type ReadClockResponses = {
    /**
     * Done
     */
    200: SandboxTime;
};

export type ReadClockResponse = ReadClockResponses[keyof ReadClockResponses];

export type SetClockData = {
    body: SandboxTime;
    path?: never;
    query?: never;
    url: '/sandbox/clock';
};

export type SetClockErrors = {
    /**
     * Invalid request, or Malformed json
     */
    400: InvalidRequestProblem | MalformedJsonProblem;
    /**
     * Clock goes forward
     */
    409: ClockGoesForwardProblem;
    /**
     * Body too large
     */
    413: BodyTooLargeProblem;
    /**
     * Unsupported media type
     */
    415: UnsupportedMediaTypeProblem;
    /**
     * Internal error
     */
    500: InternalErrorProblem;
    /**
     * Store unavailable
     */
    503: StoreUnavailableProblem;
};

export type SetClockError = SetClockErrors[keyof SetClockErrors];

export type SetClockResponses = {
    /**
     * Done
     */
    200: SandboxTime;
};

export type SetClockResponse = SetClockResponses[keyof SetClockResponses];
