import type { ErrorCode } from '../kernel/errors.ts'

export type ProblemKind = {
  status: number
  /** Whether the same request may succeed later without a change. */
  retryable: boolean
  title: { en: string; zh: string }
}

const kind = (status: number, en: string, zh: string, retryable = false): ProblemKind => ({
  status,
  retryable,
  title: { en, zh },
})

/** Every error code's HTTP status and title. A code without an entry does not compile. */
export const problemCatalogue: Record<ErrorCode, ProblemKind> = {
  VALIDATION_FAILED: kind(400, 'The request is not valid', '请求内容不符合要求'),
  MALFORMED_JSON: kind(400, 'The body is not valid JSON', '请求体不是合法的 JSON'),
  CURSOR_INVALID: kind(400, 'The cursor is not valid for this list', '分页游标无效'),
  IDEMPOTENCY_KEY_REQUIRED: kind(400, 'An Idempotency-Key is required', '缺少 Idempotency-Key'),
  UNAUTHENTICATED: kind(401, 'Please sign in', '请先登录'),
  INVALID_CREDENTIALS: kind(401, 'E-mail or password is wrong', '邮箱或密码错误'),
  REFRESH_TOKEN_REUSED: kind(401, 'The refresh token was used before', '刷新令牌已被使用'),
  FORBIDDEN: kind(403, 'You may not do this', '没有权限'),
  ORGANISATION_NOT_VERIFIED: kind(403, 'The organisation is not verified', '机构尚未通过认证'),
  NOT_FOUND: kind(404, 'Not found', '未找到'),
  LISTING_MERGED: kind(308, 'Merged into another listing', '已并入另一条信息'),
  ROUTE_NOT_FOUND: kind(404, 'There is no such route', '接口不存在'),
  METHOD_NOT_ALLOWED: kind(405, 'The route does not take this method', '不支持该请求方法'),
  TRANSITION_NOT_ALLOWED: kind(409, 'Not possible in the present state', '当前状态不允许此操作'),
  ALREADY_DECIDED: kind(409, 'Already decided', '已作出决定'),
  LEASE_LOST: kind(409, 'The lease is no longer yours', '领取已失效'),
  CONFLICT_OF_INTEREST: kind(409, 'Conflict of interest', '存在利益冲突'),
  BIDDER_NOT_ADMITTED: kind(403, 'The organisation is not admitted to this lot', '尚未取得该标的竞买资格'),
  BIDDING_NOT_OPEN: kind(409, 'Bidding has not opened', '竞价尚未开始'),
  BIDDING_CLOSED: kind(409, 'Bidding has ended', '竞价已结束'),
  BID_OWN_LEAD: kind(409, 'Yours is the highest bid already', '您的出价已领先'),
  BID_BELOW_STEP: kind(409, 'The bid is below the least next bid', '出价低于最低加价幅度'),
  BID_COVERED: kind(409, 'An earlier maximum bid reaches as far', '已有在先的最高限价覆盖该出价'),
  AUCTION_TERMS_REFUSED: kind(409, 'The terms break the rules of the market', '拍卖条件不符合市场规则'),
  AUCTION_NOT_CLOSED: kind(409, 'The auction has not closed', '竞价尚未结束，记录未公开'),
  LICENCE_NOT_ALLOWED: kind(409, 'The patent may not be licensed openly', '不符合专利开放许可条件'),
  EMAIL_TAKEN: kind(409, 'The e-mail address is registered already', '邮箱已被注册'),
  USCC_TAKEN: kind(409, 'The credit code is registered already', '统一社会信用代码已被注册'),
  EXTERNAL_ID_TAKEN: kind(409, 'The external id is in use already', '外部编号已存在'),
  LISTING_INCOMPLETE: kind(409, 'The listing lacks fields that publication needs', '发布所需信息不完整'),
  TOO_MANY_IMPORTS: kind(409, 'Too many imports are open', '未完成的导入任务过多', true),
  DEAL_INCOMPLETE: kind(409, 'The deal lacks what the signature needs', '签约所需信息不完整'),
  CONFIRMATION_MISSING: kind(409, 'Both sides have to confirm the terms first', '双方尚未确认条款'),
  PRICE_PUBLICITY_OPEN: kind(409, 'The price has not been public long enough', '价格公示期未满'),
  CONTRACT_NOT_REGISTRABLE: kind(409, 'The rules exclude this contract from registration', '该合同不属于技术合同'),
  AMOUNTS_OUT_OF_ORDER: kind(422, 'The amounts contradict each other', '合同金额关系不符'),
  ALREADY_EXISTS: kind(409, 'It exists already', '已存在'),
  LIMIT_EXCEEDED: kind(409, 'It exceeds what is left of a limit', '超出可用额度'),
  NOT_ELIGIBLE: kind(409, 'The conditions are not met', '不符合申请条件'),
  IDEMPOTENCY_IN_PROGRESS: kind(409, 'The first request with this key still runs', '相同请求正在处理', true),
  PRECONDITION_FAILED: kind(412, 'The resource has changed', '资源已被修改'),
  PAYLOAD_TOO_LARGE: kind(413, 'The body is too large', '请求体过大'),
  UNSUPPORTED_MEDIA_TYPE: kind(415, 'The media type is not supported', '不支持的内容类型'),
  IDEMPOTENCY_KEY_REUSED: kind(422, 'The key was used for another request', 'Idempotency-Key 已用于其他请求'),
  SHARES_DO_NOT_SUM: kind(422, 'The shares do not sum to 100 %', '各方比例之和不为 100%'),
  PRECONDITION_REQUIRED: kind(428, 'If-Match is required', '缺少 If-Match'),
  RATE_LIMITED: kind(429, 'Too many requests', '请求过于频繁', true),
  INTERNAL: kind(500, 'Something went wrong on our side', '服务器内部错误', true),
  UNAVAILABLE: kind(503, 'Temporarily not available', '服务暂时不可用', true),
  TIMEOUT: kind(503, 'It took too long', '处理超时', true),
}
