// Has CppTrader's books take the steps of a file: `cpptrader FILE SETUP ROUNDS MARKETS`. The first SETUP
// steps are not timed. Prints an object a round: processor time in nanoseconds, steps, executions, of which
// each trade has two, and percentiles of a step, each timed by itself in new books.

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <vector>

#include "trader/matching/market_manager.h"

using namespace CppTrader::Matching;

namespace {

// As `crates/bench/src/bin/steps.rs` writes them.
struct Step {
    std::uint64_t kind;
    std::uint64_t market;
    std::uint64_t order_id;
    std::uint64_t side;
    std::uint64_t price;
    std::uint64_t lots;
};

constexpr std::uint64_t PLACE = 1;
constexpr std::uint64_t BUY = 1;

struct Executions : MarketHandler {
    std::uint64_t count = 0;
    void onExecuteOrder(const Order&, std::uint64_t, std::uint64_t) override { ++count; }
};

std::vector<Step> read(const char* path) {
    std::ifstream file(path, std::ios::binary | std::ios::ate);
    std::vector<Step> steps(static_cast<std::size_t>(file.tellg()) / sizeof(Step));
    file.seekg(0);
    file.read(reinterpret_cast<char*>(steps.data()), static_cast<std::streamsize>(steps.size() * sizeof(Step)));
    return steps;
}

std::int64_t processor_ns() {
    timespec now;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return now.tv_sec * 1'000'000'000LL + now.tv_nsec;
}

void open_books(MarketManager& books, std::uint32_t markets) {
    const char name[8] = "MARKET";
    for (std::uint32_t market = 1; market <= markets; ++market) {
        Symbol symbol(market, name);
        books.AddSymbol(symbol);
        books.AddOrderBook(symbol);
    }
    books.EnableMatching();
}

void take(MarketManager& books, const Step& step) {
    if (step.kind != PLACE) {
        books.DeleteOrder(step.order_id);
        return;
    }
    const auto market = static_cast<std::uint32_t>(step.market);
    books.AddOrder(step.side == BUY ? Order::BuyLimit(step.order_id, market, step.price, step.lots)
                                    : Order::SellLimit(step.order_id, market, step.price, step.lots));
}

std::int64_t elapsed_ns(const std::vector<Step>& steps, std::size_t setup, std::uint32_t markets,
                        Executions& executions) {
    MarketManager books(executions);
    open_books(books, markets);
    for (std::size_t at = 0; at < setup; ++at) take(books, steps[at]);
    const std::int64_t started_ns = processor_ns();
    for (std::size_t at = setup; at < steps.size(); ++at) take(books, steps[at]);
    return processor_ns() - started_ns;
}

// The time of each step, ascending, with what reading the clock twice takes.
std::vector<std::int64_t> latencies_ns(const std::vector<Step>& steps, std::size_t setup, std::uint32_t markets) {
    using Clock = std::chrono::steady_clock;
    Executions executions;
    MarketManager books(executions);
    open_books(books, markets);
    for (std::size_t at = 0; at < setup; ++at) take(books, steps[at]);
    std::vector<std::int64_t> times_ns;
    times_ns.reserve(steps.size() - setup);
    for (std::size_t at = setup; at < steps.size(); ++at) {
        const auto started = Clock::now();
        take(books, steps[at]);
        times_ns.push_back(std::chrono::nanoseconds(Clock::now() - started).count());
    }
    std::sort(times_ns.begin(), times_ns.end());
    return times_ns;
}

// The smallest time that is not below `permille` thousandths of all; 0 of none.
long long permille(const std::vector<std::int64_t>& ascending_ns, std::size_t permille) {
    const std::size_t rank = (ascending_ns.size() * permille + 999) / 1'000;
    return ascending_ns.empty() ? 0 : ascending_ns[std::max<std::size_t>(rank, 1) - 1];
}

}  // namespace

int main(int count, char** arguments) {
    if (count != 5) return 2;
    const std::vector<Step> steps = read(arguments[1]);
    const std::size_t setup = std::min<std::size_t>(std::strtoull(arguments[2], nullptr, 10), steps.size());
    const int rounds = std::atoi(arguments[3]);
    const auto markets = static_cast<std::uint32_t>(std::atoi(arguments[4]));
    for (int round = 0; round < rounds; ++round) {
        Executions executions;
        const long long taken_ns = elapsed_ns(steps, setup, markets, executions);
        const auto each_ns = latencies_ns(steps, setup, markets);
        std::printf("{\"elapsed_ns\":%lld,\"steps\":%zu,\"executions\":%llu,", taken_ns, steps.size() - setup,
                    static_cast<unsigned long long>(executions.count));
        std::printf("\"p50_ns\":%lld,\"p99_ns\":%lld,\"p999_ns\":%lld}\n", permille(each_ns, 500),
                    permille(each_ns, 990), permille(each_ns, 999));
    }
}
