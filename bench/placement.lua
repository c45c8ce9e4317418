-- wrk: places orders in turn for several persons. Arguments: the market, a prefix, the tokens.
local count = 0
local headers = {}
local market, prefix
local body = '{"market":"%s","side":"%s","type":"limit","time_in_force":"gtc","price":"250.00",'
  .. '"quantity":"0.0100","client_order_id":"%s-%d"}'

function init(arguments)
  market, prefix = arguments[1], arguments[2]
  for index = 3, #arguments do
    headers[#headers + 1] = {
      ["Content-Type"] = "application/json",
      ["Authorization"] = "Bearer " .. arguments[index],
    }
  end
end

function request()
  local owner = count % #headers
  count = count + 1
  local side = owner % 2 == 0 and "buy" or "sell"
  return wrk.format("POST", "/api/orders", headers[owner + 1], body:format(market, side, prefix, count))
end

function done(summary, latency)
  local errors = summary.errors
  local failed = errors.status + errors.connect + errors.read + errors.write + errors.timeout
  io.stderr:write(string.format(
    '{"requests":%d,"duration_us":%d,"failed":%d,"p50_us":%d,"p99_us":%d}\n',
    summary.requests, summary.duration, failed, latency:percentile(50), latency:percentile(99)
  ))
end
